package io.mainstay.http;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.Outcome;
import io.mainstay.http.egress.AddressRefusedException;
import io.mainstay.http.targets.Pass;
import io.mainstay.http.targets.Targets;
import io.mainstay.http.url.TargetUrl;
import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.attempt.SettlementRules;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Sends the job to a URL. A 2xx ends it; 5xx, no answer in time and broken connections have it tried again, and so do
 * some 4xx; the rest is final, redirects included, for the place they lead to was not checked.
 */
@Singleton
@Identifier("http")
class HttpJobHandler implements AsyncJobHandler {

    private static final int SERVER_ERROR = 500;
    private static final Duration REST = Duration.ofMillis(100);

    private final HttpJobReader reader;
    private final HttpSettings settings;
    private final HttpSender sender;
    private final AnswerRules rules;
    private final Targets targets;

    HttpJobHandler(HttpJobReader reader, HttpSettings settings, HttpSender sender, AnswerRules rules, Targets targets) {
        this.reader = reader;
        this.settings = settings;
        this.sender = sender;
        this.rules = rules;
        this.targets = targets;
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
        Optional<TargetUrl> refused = Stream.of(job.url(), job.followUp().statusUrl())
                .filter(url -> url != null && !settings.allowed().contains(url))
                .findFirst();
        if (refused.isPresent()) {
            // Not final: it was allowed where it was enqueued, so instances of another configuration are about.
            String message = refused.get() + " is not allowed by mainstay.http.allow here";
            return Uni.createFrom().item(Outcome.retry("http-not-allowed", message));
        }
        if (attempt.timeLeft().isZero()) {
            return Uni.createFrom().item(Outcome.retry("timeout", "no time left to send " + job.line()));
        }
        return targets.admit(job.url().origin())
                .map(pass -> send(job, attempt, pass))
                .orElseGet(() -> givenBack(job));
    }

    private Uni<Outcome> send(HttpJob job, JobContext attempt, Pass pass) {
        if (job.followUp().statusUrl() == null || attempt.attempt() == 1) {
            return request(job, attempt, pass);
        }
        // What became of the attempt before is not known, or it would not be tried again.
        HttpJob question = EarlierAttempt.question(job);
        return sender.send(question, attempt)
                .onItemOrFailure()
                .transformToUni((answer, failure) -> failure != null
                        ? Uni.createFrom()
                                .item(Outcome.retry("http-status", question.line() + ": " + failure.getMessage()))
                        : EarlierAttempt.read(answer, rules.clock())
                                .map(known -> Uni.createFrom().item(known))
                                .orElseGet(() -> request(job, attempt, pass)))
                // Also if it is cancelled while the question is under way. After an end of the request itself, this
                // does nothing.
                .onTermination()
                .invoke(pass::abandoned);
    }

    private Uni<Outcome> request(HttpJob job, JobContext attempt, Pass pass) {
        return sender.send(job, attempt)
                .invoke(answer -> ResponseHeaders.pass(answer.headers(), attempt))
                .map(answer -> judge(job, answer, pass))
                .onFailure()
                .recoverWithItem(failure -> noAnswer(job, failure, pass))
                .onCancellation()
                .invoke(pass::abandoned);
    }

    /** Claimed before its target was to be left alone. A moment later, so that this and another claim of it do not spin. */
    private Uni<Outcome> givenBack(HttpJob job) {
        if (!targets.areHeeded()) {
            String message = job.url().origin() + " failed repeatedly; nothing is sent to it for a while";
            return Uni.createFrom().item(Outcome.retry("http-target-unavailable", message));
        }
        return Uni.createFrom().item(Outcome.release()).onItem().delayIt().by(REST);
    }

    private Outcome judge(HttpJob job, Answer answer, Pass pass) {
        Outcome outcome = rules.judge(job, answer);
        if (answer.status() >= SERVER_ERROR) {
            return later(outcome, pass.failed());
        }
        pass.answered();
        return outcome;
    }

    private static Outcome later(Outcome outcome, Duration atLeast) {
        return outcome instanceof Outcome.Retry retry
                ? new Outcome.Retry(retry.type(), retry.message(), retry.after(), atLeast)
                : outcome;
    }

    private static Outcome noAnswer(HttpJob job, Throwable failure, Pass pass) {
        if (failure instanceof AddressRefusedException) {
            pass.abandoned();
            return Outcome.retry("http-address-refused", job.line() + ": " + failure.getMessage());
        }
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (failure instanceof TimeoutException) {
            String message = job.line() + ": " + why + "; " + SettlementRules.MAY_STILL_RUN;
            return later(Outcome.retry("timeout", message), pass.failed());
        }
        return later(Outcome.retry("http-connection", job.line() + ": " + why), pass.failed());
    }
}
