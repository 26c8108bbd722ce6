package io.mainstay.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Gives problem+json to what is refused before the REST layer: bodies over the limit, unknown paths, failures. */
@Singleton
public class RouterProblems {

    /** Before Quarkus' own check of the body size, which answers without a word. */
    private static final int BEFORE_UPLOAD_LIMIT = -100;

    private static final int SERVER_ERROR = 500;
    private static final int AFTER_UPLOAD_LIMIT = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1;

    private final ObjectMapper mapper;
    private final BodyLimit limit;

    RouterProblems(ObjectMapper mapper, BodyLimit limit) {
        this.mapper = mapper;
        this.limit = limit;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::checkSize);
        router.route().order(AFTER_UPLOAD_LIMIT).handler(this::limitStream);
        registerErrors(router);
    }

    void register(@Observes ManagementInterface management) {
        registerErrors(management.router());
    }

    private void registerErrors(Router router) {
        router.route().order(BEFORE_UPLOAD_LIMIT).failureHandler(this::failed);
        for (int status : new int[] {400, 404, 405, 413, 415}) {
            router.errorHandler(status, context -> answer(context, HttpProblem.of(status)));
        }
    }

    /** Answers instead of whoever would serve the request. */
    public void refuse(RoutingContext context, Problem problem) {
        if (RequestChecks.hasBody(context.request())) {
            // The body is not read, so the connection is of no more use.
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        answer(context, problem);
    }

    /** What failed in the router; the REST layer has answered for its own by then. */
    private void failed(RoutingContext context) {
        int status = context.statusCode();
        refuse(
                context,
                status >= SERVER_ERROR || status < 0
                        ? Problems.unforeseen(
                                context.failure(), context.request().path())
                        : HttpProblem.of(status));
    }

    private void checkSize(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        long allowed = limit.of(context.normalizedPath());
        if (length == null || Long.parseLong(length) <= allowed) {
            context.next();
            return;
        }
        refuse(context, BodyLimit.problem(allowed));
    }

    /** A body that declares no length is counted by whoever reads it: Quarkus knows one limit, and answers without a body. */
    private void limitStream(RoutingContext context) {
        if (context.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, Long.MAX_VALUE);
        }
        context.next();
    }

    private void answer(RoutingContext context, Problem problem) {
        if (context.response().headWritten()) {
            return;
        }
        try {
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(Buffer.buffer(mapper.writeValueAsBytes(problem)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is plain data", e);
        }
    }
}
