package io.mainstay.http;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.mainstay.http.egress.AddressRefusedException;
import io.mainstay.job.InvalidValueException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeoutException;

/**
 * Sends the job to a URL. A 2xx ends it; 5xx, no answer in time and broken connections have it tried again, and so do
 * some 4xx; the rest is final, redirects included, for the place they lead to was not checked.
 */
@Singleton
@Identifier("http")
class HttpJobHandler implements AsyncJobHandler {

    private final HttpJobReader reader;
    private final HttpSettings settings;
    private final HttpSender sender;
    private final AnswerRules rules;

    HttpJobHandler(HttpJobReader reader, HttpSettings settings, HttpSender sender, AnswerRules rules) {
        this.reader = reader;
        this.settings = settings;
        this.sender = sender;
        this.rules = rules;
    }

    @Override
    public boolean neverBlocks() {
        return true;
    }

    @Override
    public Uni<Outcome> start(JobContext attempt) {
        HttpJob job;
        try {
            job = reader.read(attempt.payload());
        } catch (InvalidValueException invalid) {
            return Uni.createFrom().item(Outcome.fail("http-invalid", invalid.getMessage()));
        }
        if (!settings.allowed().contains(job.url())) {
            // Not final: it was allowed where it was enqueued, so instances of another configuration are about.
            String message = job.url() + " is not allowed by mainstay.http.allow here";
            return Uni.createFrom().item(Outcome.retry("http-not-allowed", message));
        }
        if (attempt.timeLeft().isZero()) {
            return Uni.createFrom().item(Outcome.retry("timeout", "no time left to send " + job.line()));
        }
        return sender.send(job, attempt)
                .invoke(answer -> ResponseHeaders.pass(answer.headers(), attempt))
                .map(answer -> rules.judge(job, answer))
                .onFailure()
                .recoverWithItem(failure -> noAnswer(job, failure));
    }

    private static Outcome noAnswer(HttpJob job, Throwable failure) {
        String type = failure instanceof TimeoutException
                ? "timeout"
                : failure instanceof AddressRefusedException ? "http-address-refused" : "http-connection";
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return Outcome.retry(type, job.line() + ": " + why);
    }
}
