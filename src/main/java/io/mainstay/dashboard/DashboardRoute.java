package io.mainstay.dashboard;

import io.mainstay.rest.PublicFiles;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /dashboard/} and the files of it. In place of the server's own way to serve files, which knows no policy for a page and compresses
 * everything or nothing. Redirects are relative, so that the page also works below a path of a proxy.
 */
@Singleton
class DashboardRoute {

    private static final String ROOT = "/";
    private static final String PATH = "/dashboard";
    private static final String PAGE = "index.html";
    private static final String HTML = "text/html";

    /** After every request was looked at, before callers are asked for a key: whoever opens the page has none yet. */
    private static final int BEFORE_AUTHENTICATION = -900;

    private static final int NOT_FOUND = 404;
    private static final int FOUND = 302;
    private static final int NOT_MODIFIED = 304;

    private static final String ASK_AGAIN = "no-cache";
    private static final String KEEP = "public, max-age=31536000, immutable";

    private final DashboardFiles files;
    private final boolean enabled;

    DashboardRoute(DashboardFiles files, DashboardConfig config) {
        this.files = files;
        this.enabled = config.enabled();
    }

    void register(@Observes Router router) {
        if (enabled) {
            get(router, ROOT, this::root);
        }
        // The first of them takes the path with a slash at its end as well.
        get(router, PATH, this::below);
        get(router, PATH + "/*", this::below);
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(BEFORE_AUTHENTICATION)
                .handler(handler);
    }

    /** For people; programs that ask for {@code /} go on being told that there is nothing. */
    private void root(RoutingContext context) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.toLowerCase(Locale.ROOT).contains(HTML)) {
            redirect(context, "dashboard/");
        } else {
            context.next();
        }
    }

    private void below(RoutingContext context) {
        PublicFiles.mark(context);
        // What stands at its end is not read otherwise, and the next request on the connection comes after it.
        context.request().resume();
        String path = context.normalizedPath().substring(PATH.length());
        if (!enabled) {
            context.fail(NOT_FOUND);
        } else if (path.isEmpty()) {
            redirect(context, "dashboard/");
        } else {
            serve(context, path.length() == 1 ? PAGE : path.substring(1));
        }
    }

    private void serve(RoutingContext context, String name) {
        Optional<DashboardFile> known = files.known(name);
        if (known.isPresent()) {
            answer(context, known.get());
        } else {
            context.vertx().executeBlocking(() -> files.read(name)).onComplete(read -> {
                if (read.failed()) {
                    context.fail(read.cause());
                } else if (read.result().isPresent()) {
                    answer(context, read.result().get());
                } else {
                    context.fail(NOT_FOUND);
                }
            });
        }
    }

    private static void redirect(RoutingContext context, String where) {
        context.response()
                .setStatusCode(FOUND)
                .putHeader(HttpHeaders.LOCATION, where)
                .end();
    }

    private static void answer(RoutingContext context, DashboardFile file) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        boolean gzip = accepts(request, HttpHeaders.ACCEPT_ENCODING, "gzip");
        String tag = '"' + file.tag() + (gzip ? "-gzip\"" : "\"");
        response.putHeader(HttpHeaders.CACHE_CONTROL, file.lasting() ? KEEP : ASK_AGAIN)
                .putHeader(HttpHeaders.ETAG, tag)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (file.type().startsWith(HTML)) {
            response.putHeader(
                            "Content-Security-Policy",
                            PagePolicy.of(file.plain().toString()))
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("X-Frame-Options", "DENY");
        }
        if (accepts(request, HttpHeaders.IF_NONE_MATCH, tag)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
        if (gzip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        var body = gzip ? file.compressed() : file.plain();
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    private static boolean accepts(HttpServerRequest request, CharSequence header, String wanted) {
        String given = request.getHeader(header);
        return given != null && given.contains(wanted);
    }
}
