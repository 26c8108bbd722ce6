package io.mainstay.rest.job;

import io.mainstay.job.Durability;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.waiting.JobWaiter;
import io.mainstay.rest.WaitPreference;
import io.mainstay.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with a job as its caller may see it, after the wait that the caller prefers. */
@Singleton
public class JobAnswers {

    private static final Logger LOG = Logger.getLogger(JobAnswers.class);

    private final JobQueue jobs;
    private final JobReads reads;
    private final JobWaiter waiter;
    private final Duration maxWait;

    JobAnswers(JobQueue jobs, JobReads reads, JobWaiter waiter, JobsConfig config) {
        this.jobs = jobs;
        this.reads = reads;
        this.waiter = waiter;
        this.maxWait = config.maxWait();
    }

    /**
     * Answers with a job that the request has added or met. Whatever becomes of the wait, the answer says what is there.
     *
     * @param answer of the enqueue
     * @param prefer the {@code Prefer} headers
     * @param reached what the answer says of it: an enqueue that did not reach what was asked for is a failure
     */
    public Uni<RestResponse<?>> added(Uni<Enqueued> answer, List<String> prefer, Durability reached) {
        return added(answer, prefer, reached, requester());
    }

    /** For requests that read something first. */
    public Uni<RestResponse<?>> added(
            Uni<Enqueued> answer, List<String> prefer, Durability reached, Requester requester) {
        if (prefer.isEmpty()) {
            return answer.map(enqueued -> withHeaders(atOnce(enqueued, null, requester.caller()), reached, enqueued));
        }
        return answer.flatMap(enqueued ->
                waited(enqueued, prefer, requester).map(response -> withHeaders(response, reached, enqueued)));
    }

    /** Of the request under way: to be asked for before anything is waited for. */
    public Requester requester() {
        return reads.requester();
    }

    private Uni<RestResponse<?>> waited(Enqueued enqueued, List<String> prefer, Requester requester) {
        var wish = WaitPreference.in(prefer);
        boolean over =
                enqueued instanceof Enqueued.Deleted || enqueued.job().state().ended();
        return wish.isEmpty() || over
                ? Uni.createFrom().item(atOnce(enqueued, wish.map(this::bounded).orElse(null), requester.caller()))
                : whenEnded(enqueued, bounded(wish.get()), requester);
    }

    /** @param waited null if the preference was not applied */
    private static RestResponse<?> atOnce(Enqueued enqueued, Duration waited, Caller caller) {
        return enqueued instanceof Enqueued.Deleted deleted
                ? RestResponse.ok(DeletedJobView.of(deleted))
                : with(JobView.of(enqueued, caller), statusOf(enqueued), waited);
    }

    private static RestResponse.Status statusOf(Enqueued enqueued) {
        return enqueued instanceof Enqueued.Created ? RestResponse.Status.CREATED : RestResponse.Status.OK;
    }

    private Uni<RestResponse<?>> whenEnded(Enqueued enqueued, Duration wait, Requester requester) {
        Job job = enqueued.job();
        RestResponse.Status status = statusOf(enqueued);
        JobView added = JobView.of(enqueued, requester.caller());
        Uni<JobView> latest = reads.get(job.queue(), job.id(), requester)
                .map(seen -> seen.added(added))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.debugf(failure, "Job %s is returned as it was when it was added", job.id());
                    return added;
                });
        return waiter.awaitEnd(job.queue(), job.id(), wait, job.spec().payload().bytes())
                .flatMap(waited -> waited
                        ? latest.map(seen -> with(seen, status, wait))
                        : Uni.createFrom().item(with(added, status, null)));
    }

    /** Answers with a job as it is, or as it is after the wait. */
    public Uni<RestResponse<JobView>> read(QueueName queue, JobId id, List<String> prefer) {
        Uni<JobView> latest = reads.get(queue, id, requester());
        var wish = WaitPreference.in(prefer);
        if (wish.isEmpty()) {
            return latest.map(job -> with(job, RestResponse.Status.OK, null));
        }
        Duration wait = bounded(wish.get());
        return jobs.state(queue, id)
                .flatMap(state -> state.ended()
                        ? Uni.createFrom().item(true)
                        // Nothing is held meanwhile: the job is read afterwards.
                        : waiter.awaitEnd(queue, id, wait, 0))
                .flatMap(waited -> latest.map(job -> with(job, RestResponse.Status.OK, waited ? wait : null)));
    }

    private static RestResponse<?> withHeaders(RestResponse<?> response, Durability reached, Enqueued enqueued) {
        if (reached == Durability.MEMORY && enqueued.keptIn().isEmpty()) {
            return response;
        }
        var builder = ResponseBuilder.fromResponse(response);
        if (reached != Durability.MEMORY) {
            builder.header("Mainstay-Durability", reached.wireName());
        }
        enqueued.keptIn().ifPresent(stores -> builder.header("Mainstay-Store", stores.wireName()));
        return builder.build();
    }

    private Duration bounded(Duration wish) {
        return wish.compareTo(maxWait) <= 0 ? wish : maxWait;
    }

    /** @param waited null if the preference was not applied */
    private static RestResponse<JobView> with(JobView view, RestResponse.Status status, Duration waited) {
        Job job = view.job();
        var response = ResponseBuilder.create(status, view);
        if (status == RestResponse.Status.CREATED) {
            response.header("Location", "/v1/queues/" + job.queue() + "/jobs/" + job.id());
        }
        if (waited != null) {
            response.header("Preference-Applied", "wait=" + waited.toSeconds());
        }
        return response.build();
    }
}
