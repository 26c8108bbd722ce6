package io.mainstay.lease.callback;

import io.mainstay.job.MainstayException;
import io.mainstay.lease.report.LeaseProblems;
import io.mainstay.lease.report.ReportBody;
import io.mainstay.queue.JobsConfig;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.MalformedRequestException;
import io.mainstay.rest.Problem;
import io.mainstay.rest.Problems;
import io.mainstay.rest.RouterProblems;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Locale;

/**
 * {@code POST /v1/callbacks/<token>/success}, {@code /retry}, {@code /fail}, {@code /snooze} and {@code /extend}. Not a resource of the
 * REST layer: the token is the whole proof, so callers, keys and roles have no part in it.
 */
@Singleton
class CallbackRoute {

    static final String PATH = "/v1/callbacks";

    private static final String TOKEN = "token";
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private final CallbackReports reports;
    private final RouterProblems problems;
    private final long mostBytes;

    CallbackRoute(CallbackReports reports, RouterProblems problems, JobsConfig config) {
        this.reports = reports;
        this.problems = problems;
        this.mostBytes = config.maxBody().asLongValue();
    }

    /** Routes with parameters are regular expressions: in a router of their own, they are tried for requests under their path only. */
    void register(@Observes Router router, Vertx vertx) {
        Router callbacks = Router.router(vertx);
        for (CallbackReports.Verb verb : CallbackReports.Verb.values()) {
            callbacks
                    .post("/:" + TOKEN + "/" + verb.name().toLowerCase(Locale.ROOT))
                    // Only a handler of this kind may come before the body is read.
                    .handler((SecurityPolicyHandler) this::verify)
                    .handler(BodyHandler.create(false).setBodyLimit(mostBytes))
                    .handler(context -> report(context, verb))
                    .failureHandler(this::failed);
        }
        router.route(PATH + "/*").subRouter(callbacks);
    }

    /** Before the body is read: nobody without a token has a megabyte kept here. */
    private void verify(RoutingContext context) {
        context.request().pause();
        reports.verify(context.pathParam(TOKEN))
                .subscribe()
                .with(
                        token -> {
                            if (token.isPresent()) {
                                context.put(TOKEN, token.get());
                                context.next();
                            } else {
                                problems.refuse(
                                        context, Problem.of("not-found", NOT_FOUND, "This callback does not exist."));
                            }
                            context.request().resume();
                        },
                        failure -> failed(context, failure));
    }

    private void report(RoutingContext context, CallbackReports.Verb verb) {
        Buffer sent = context.body().buffer();
        ReportBody body;
        try {
            body = ReportBody.read(sent == null ? new byte[0] : sent.getBytes());
        } catch (MalformedRequestException malformed) {
            problems.refuse(context, Problems.of(malformed));
            return;
        } catch (MainstayException invalid) {
            problems.refuse(context, Problems.of(invalid));
            return;
        } catch (IOException unreadable) {
            problems.refuse(context, Problem.of("malformed-json", 400, "the body cannot be read"));
            return;
        }
        reports.report(context.get(TOKEN), verb, body)
                .subscribe()
                .with(answer -> answer(context, answer), failure -> failed(context, failure));
    }

    private void answer(RoutingContext context, CallbackReports.Answer answer) {
        if (answer instanceof CallbackReports.Answer.Applied applied) {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end("{\"state\":\"" + applied.state().wireName() + "\"}");
        } else {
            problems.refuse(context, LeaseProblems.lost());
        }
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() == TOO_LARGE) {
            problems.refuse(context, BodyLimit.problem(mostBytes));
        } else {
            failed(context, context.failure());
        }
    }

    private void failed(RoutingContext context, Throwable failure) {
        problems.refuse(
                context,
                failure instanceof MainstayException known
                        ? Problems.of(known)
                        : Problems.unforeseen(failure, PATH + "/…"));
    }
}
