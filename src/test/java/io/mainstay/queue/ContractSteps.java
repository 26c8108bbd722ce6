package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.changes.Rescheduling;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The words that the parts of {@link JobStoreContract} are written in. All of them wait for the answer. */
public interface ContractSteps {

    QueueName QUEUE = new QueueName("orders");
    String WORKER = "worker-1";
    /** Never over while a test runs. */
    Duration LONG = Duration.ofHours(1);
    /** Soon over; {@link #letPass} waits for it. */
    Duration SHORT = Duration.ofMillis(20);

    /** Over in a test that waits for it, and not between two calls, even on a busy machine. */
    Duration AMPLE = Duration.ofMillis(700);

    /** Ids of deleted jobs. */
    int MOST_REMEMBERED = 50;

    Duration ANSWER_DEADLINE = Duration.ofSeconds(40);

    StoreUnderTest store();

    default <T> T answer(Uni<T> asked) {
        return asked.await().atMost(ANSWER_DEADLINE);
    }

    default JobDraft job(String id) {
        return JobDraft.job(QUEUE, id);
    }

    default Enqueued enqueue(JobDraft draft) {
        return answer(store().jobs().enqueue(draft.build()));
    }

    /** Enqueues due jobs, in that order. */
    default void enqueue(String... ids) {
        Arrays.stream(ids).forEach(id -> enqueue(job(id)));
    }

    default Claimed claim(ClaimRequest request) {
        return answer(store().leases().claim(request));
    }

    default Claimed claim(int max) {
        return claim(max, UUID.randomUUID().toString(), LONG);
    }

    default Claimed claim(int max, String token, Duration lease) {
        return claim(SomeClaim.of(QUEUE, WORKER, token, max, lease));
    }

    /** A claim that may bring so many bytes of jobs. */
    default Claimed claimBytes(int bytes, String token, Duration lease) {
        return claim(SomeClaim.of(QUEUE, WORKER, token, 20, bytes, lease));
    }

    /** The worker tells that it has these jobs, and that it wants to keep them for so long. */
    default void receive(String token, Duration lease, String... ids) {
        List<Lease> leases = Arrays.stream(ids).map(id -> lease(id, token)).toList();
        assertThat(answer(store().leases().extend(QUEUE, leases, lease))).isEmpty();
    }

    /** A claim that leases nothing. */
    default Claimed sweep() {
        return claim(0);
    }

    /** Enqueues a job and leases it under {@code token}. */
    default void run(JobDraft draft, String token) {
        enqueue(draft);
        claimAll(token, LONG, draft.id().value());
    }

    /** Claims under {@code token} and expects to be given exactly those jobs. */
    default void claimAll(String token, Duration lease, String... ids) {
        assertThat(claim(ids.length, token, lease).jobs())
                .extracting(ContractSteps::id)
                .containsExactly(ids);
    }

    default Settled settle(Settlement report) {
        return answer(store().leases().settle(QUEUE, List.of(report))).get(0);
    }

    default Settlement complete(String id, String token) {
        return new Settlement.Complete(lease(id, token), Optional.of(new Json("{\"ok\":true}")));
    }

    default Settlement fail(String id, String token, Duration retryAfter) {
        return new Settlement.Fail(lease(id, token), "boom", "it broke", Optional.of(retryAfter));
    }

    default Settlement failForGood(String id, String token) {
        return new Settlement.Fail(lease(id, token), "boom", "it broke", Optional.empty());
    }

    default Settlement snooze(String id, String token, Duration pause) {
        return new Settlement.Snooze(lease(id, token), pause, 3);
    }

    default Settlement release(String id, String token) {
        return new Settlement.Release(lease(id, token));
    }

    default Lease lease(String id, String token) {
        return new Lease(new JobId(id), token);
    }

    default Change cancel(String id) {
        return answer(store().jobs().cancel(QUEUE, new JobId(id)));
    }

    default Change requeue(String id, String request) {
        return answer(store().jobs().requeue(QUEUE, new JobId(id), request));
    }

    default Change reschedule(String id, Rescheduling change, String request) {
        return answer(store().jobs().reschedule(QUEUE, new JobId(id), change, request));
    }

    default Change runNow(String id, String request) {
        return reschedule(id, Rescheduling.NOW, request);
    }

    /** Runs a job and buries it. */
    default void bury(String... ids) {
        for (String id : ids) {
            run(job(id), "t-" + id);
            settle(failForGood(id, "t-" + id));
            letPass(Duration.ofMillis(1));
        }
    }

    default Job find(String id) {
        return answer(store().jobs().find(QUEUE, new JobId(id))).orElseThrow();
    }

    default JobState stateOf(String id) {
        return find(id).state();
    }

    default List<String> list(JobState state) {
        return ids(page(state, Optional.empty(), PageRequest.MOST));
    }

    default JobPage page(JobState state, Optional<String> cursor, int limit) {
        return answer(store().jobs().list(QUEUE, new PageRequest(state, cursor, limit), JobPart.NONE));
    }

    default QueueFigures figures() {
        return answer(store().jobs().figures(List.of(QUEUE))).get(0);
    }

    default void letPass(Duration duration) {
        store().letPass(duration);
    }

    static List<String> ids(JobPage page) {
        return page.jobs().stream().map(ContractSteps::id).toList();
    }

    static String id(Job job) {
        return job.id().value();
    }
}
