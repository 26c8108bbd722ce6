package io.mainstay.rest;

import io.mainstay.job.InvalidValueException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks at what every request has in common before anything is done for it. The first to see it. */
@Singleton
class RequestChecks {

    static final int FIRST = -1000;
    /** Whoever has no key is to hear of that, whatever the path is. Quarkus authenticates at -200. */
    private static final int KNOWN_CALLER = -150;

    private static final String API = "/v1/";
    private static final String EVENTS = "/v1/events";
    private static final String JSON = "application/json";
    private static final String LINES_OF_JSON = "application/x-ndjson";
    private static final String EVENT_STREAM = "text/event-stream";

    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Pattern TYPE = Pattern.compile(
            "([!#$%&'*+.^_`|~0-9A-Za-z-]++/[!#$%&'*+.^_`|~0-9A-Za-z-]++)"
                    + "(?:[ \\t]*+;[ \\t]*+(?:[!#$%&'*+.^_`|~0-9A-Za-z-]++=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]++|\"(?:[^\"\\\\]|\\\\.)*+\"))?+)*+");

    private final RouterProblems problems;
    private final Origins origins;
    private final BodyLimit bodies;

    RequestChecks(RouterProblems problems, Origins origins, BodyLimit bodies) {
        this.problems = problems;
        this.origins = origins;
        this.bodies = bodies;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::check);
        router.route().order(KNOWN_CALLER).handler(this::checkPath);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        Problem problem = framing(request);
        if (problem == null) {
            problem = origin(request);
        }
        if (problem == null) {
            problem = type(request, context.normalizedPath());
        }
        if (problem == null) {
            problem = idempotencyKey(request);
        }
        if (problem == null) {
            problem = answer(request, context.normalizedPath());
        }
        if (problem == null) {
            context.next();
        } else {
            problems.refuse(context, problem);
        }
    }

    /** What the server lets through although readers of it may differ on where the request ends, or whom it is for. */
    private static Problem framing(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            return null;
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        boolean chunked = codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
        if (!codings.isEmpty() && (!chunked || request.version() == HttpVersion.HTTP_1_0)) {
            return malformed("Transfer-Encoding must be chunked, and needs HTTP 1.1.");
        }
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts > 1 || hosts == 0 && request.version() == HttpVersion.HTTP_1_1
                ? malformed("Exactly one Host is required.")
                : null;
    }

    /**
     * The REST layer leaves out of account what stands behind a semicolon, and a slash at the end; whoever else goes by the path, as
     * limits and the bounds of bodies do, would take it for another one.
     */
    private void checkPath(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.indexOf(';') >= 0 || path.startsWith(API) && path.endsWith("/")) {
            problems.refuse(context, malformed("Paths must not have unencoded semicolons or a trailing slash."));
        } else {
            context.next();
        }
    }

    private Problem origin(HttpServerRequest request) {
        return !HARMLESS.contains(request.method()) && origins.foreign(request)
                ? Problem.of("foreign-origin", 403, "Pages of this origin may not make changes here.")
                : null;
    }

    /**
     * What is no JSON is refused before any reader of the REST layer has a try at it: pages may send forms and plain text anywhere
     * without asking beforehand, and lines of JSON would be read with less care where one value is wanted.
     */
    private Problem type(HttpServerRequest request, String path) {
        String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (given == null || given.equals(JSON) || !hasBody(request)) {
            return null;
        }
        var type = TYPE.matcher(given.strip());
        return type.matches() && isJson(type.group(1).toLowerCase(Locale.ROOT), path) ? null : HttpProblem.of(415);
    }

    private boolean isJson(String type, String path) {
        return type.equals(JSON)
                || type.startsWith("application/") && type.endsWith("+json")
                || type.equals(LINES_OF_JSON) && bodies.isStreamed(path);
    }

    /** A key that is blank, or one of two, would be left out of account: the caller would rely on it. */
    private static Problem idempotencyKey(HttpServerRequest request) {
        List<String> keys = request.headers().getAll(IDEMPOTENCY_KEY);
        if (keys.isEmpty() || keys.size() == 1 && !keys.get(0).isBlank()) {
            return null;
        }
        return Problems.of(
                new InvalidValueException(IDEMPOTENCY_KEY, String.join(", ", keys), "given once, and not blank"));
    }

    /** Settles what the answer is, so that nobody who looks for it later can find that it cannot be had. */
    private static Problem answer(HttpServerRequest request, String path) {
        List<String> accept = request.headers().getAll(HttpHeaders.ACCEPT);
        if (accept.isEmpty() || !path.startsWith(API)) {
            return null;
        }
        String type = path.equals(EVENTS) ? EVENT_STREAM : JSON;
        if (!AcceptHeader.allow(accept, type)) {
            return HttpProblem.notAcceptable(type);
        }
        request.headers().set(HttpHeaders.ACCEPT, type);
        return null;
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null
                ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || request.version() == HttpVersion.HTTP_2
                : Long.parseLong(length) > 0;
    }

    private static Problem malformed(String detail) {
        return Problem.of("bad-request", 400, detail);
    }
}
