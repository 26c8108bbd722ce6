package io.mainstay.lease.claim;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.MainstayException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.lease.LeaseToken;
import io.mainstay.lease.LeaseTokens;
import io.mainstay.lease.report.ReportAnswer;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.rest.AnswerBudget;
import io.mainstay.rest.Problem;
import io.mainstay.rest.Problems;
import io.mainstay.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Gets jobs for a request, and makes the answer of them. Thread-safe. */
@Singleton
class Leasing {

    private final Waiters waiters;
    private final Repeats repeats;
    private final LeaseTokens tokens;
    private final StoreClock clock;
    private final AnswerBudget budget;
    private final WorkerContacts contacts;

    Leasing(
            Waiters waiters,
            Repeats repeats,
            LeaseTokens tokens,
            StoreClock clock,
            AnswerBudget budget,
            WorkerContacts contacts) {
        this.waiters = waiters;
        this.repeats = repeats;
        this.tokens = tokens;
        this.clock = clock;
        this.budget = budget;
        this.contacts = contacts;
    }

    /** The worker asks for jobs, whatever comes of it. */
    void seen(Caller caller, LeaseRequest request) {
        contacts.seen(new WorkerContacts.Contact(
                request.worker(),
                caller.id(),
                request.version(),
                request.concurrency(),
                request.queues(),
                Set.copyOf(request.handlers())));
    }

    /** What is known of the request before; may continue beside its reports. */
    Uni<Repeats.Known> look(Ask ask) {
        return repeats.look(ask);
    }

    /** What comes of it, whatever that is; its jobs are the delivery's. */
    Uni<Outcome> outcome(Repeats.Known request, Duration wait, Delivery delivery) {
        Ask ask = request.ask();
        Uni<Outcome> asked = Uni.createFrom().emitter(emitter -> {
            Consumer<Outcome> answer = outcome -> {
                delivery.holds(outcome.batches());
                emitter.complete(outcome);
            };
            if (delivery.waiting(() -> waiters.leave(answer))) {
                waiters.ask(ask, wait, answer);
            } else {
                answer.accept(Outcome.of(Outcome.Kind.ANSWERED, false));
            }
        });
        if (!ask.repeatable()) {
            return asked;
        }
        return repeats.repeat(request)
                .flatMap(known -> known.isEmpty()
                        ? asked
                        : Uni.createFrom().item(known.get()).invoke(outcome -> delivery.holds(outcome.batches())))
                .onFailure()
                .recoverWithItem(failure -> Outcome.failed(failure, false));
    }

    /** @param reports what became of those that came along; null if there were none */
    Uni<LeaseAnswer> answer(Ask ask, Outcome outcome, List<ReportAnswer> reports, Delivery delivery) {
        boolean drain = outcome.kind() == Outcome.Kind.DRAINED;
        Throwable failure = failureOf(outcome);
        if (failure != null) {
            return reports == null
                    ? Uni.createFrom().failure(failure)
                    : Uni.createFrom()
                            .item(new LeaseAnswer(List.of(), List.of(), reports, drain, problem(failure), delivery));
        }
        List<Job> jobs = outcome.batches().stream()
                .flatMap(batch -> batch.jobs().stream())
                .toList();
        if (jobs.isEmpty()) {
            return Uni.createFrom().item(new LeaseAnswer(List.of(), List.of(), reports, drain, null, delivery));
        }
        contacts.leased(ask.worker(), jobs);
        return budget.take(outcome.batches().stream().mapToLong(Batch::bytes).sum())
                .invoke(delivery::uses)
                .flatMap(share -> leased(outcome.batches()))
                .flatMap(leased -> tokens.texts(leased.stream()
                                .map(job -> LeaseToken.of(
                                        job.job(),
                                        job.batch().token(),
                                        job.batch().lease()))
                                .toList())
                        .map(texts -> new LeaseAnswer(leased, texts, reports, drain, null, delivery)));
    }

    private Uni<List<LeasedJob>> leased(List<Batch> batches) {
        // What an earlier request has started is measured by the store's clock.
        return batches.stream().anyMatch(Batch::again)
                ? clock.now(batches.get(0).queue()).map(now -> leased(batches, now))
                : Uni.createFrom().item(leased(batches, Instant.EPOCH));
    }

    private static List<LeasedJob> leased(List<Batch> batches, Instant now) {
        List<LeasedJob> leased = new ArrayList<>();
        for (Batch batch : batches) {
            batch.jobs().forEach(job -> leased.add(LeasedJob.of(job, batch, System.nanoTime(), now)));
        }
        return leased;
    }

    private static Throwable failureOf(Outcome outcome) {
        return switch (outcome.kind()) {
            case FAILED ->
                outcome.failure() instanceof TimeoutException late
                        ? new StoreUnavailableException("no claim was answered in time", late)
                        : outcome.failure();
            case OTHER_REQUEST ->
                new InvalidValueException(RequestNames.KEY, "used", "a new key, or the key of this same request");
            default -> null;
        };
    }

    private static Problem problem(Throwable failure) {
        return failure instanceof MainstayException known
                ? Problems.of(known)
                : Problems.unforeseen(failure, LeaseResource.PATH);
    }
}
