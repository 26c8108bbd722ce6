package io.mainstay.api;

import io.mainstay.job.Durability;
import io.mainstay.job.Job;
import io.mainstay.queue.JobWaiter;
import io.mainstay.queue.JobsConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Answers with a job, after the wait that the caller prefers. */
@Singleton
class JobAnswers {

    private final JobWaiter waiter;
    private final Duration maxWait;

    JobAnswers(JobWaiter waiter, JobsConfig config) {
        this.waiter = waiter;
        this.maxWait = config.maxWait();
    }

    /** @param prefer the {@code Prefer} headers */
    Uni<RestResponse<Job>> answer(Job job, RestResponse.Status status, List<String> prefer) {
        var wish = WaitPreference.in(prefer);
        if (wish.isEmpty()) {
            return Uni.createFrom().item(with(job, status).build());
        }
        Duration wait = wish.get().compareTo(maxWait) <= 0 ? wish.get() : maxWait;
        return waiter.awaitEnd(job, wait).map(waited -> {
            var response = with(waited.job(), status);
            if (waited.waited()) {
                response.header("Preference-Applied", "wait=" + wait.toSeconds());
            }
            return response.build();
        });
    }

    /** Says what was reached: an enqueue that did not reach what was asked for is a failure. */
    static RestResponse<Job> withDurability(RestResponse<Job> response, Durability reached) {
        if (reached == Durability.MEMORY) {
            return response;
        }
        return ResponseBuilder.fromResponse(response)
                .header("Mainstay-Durability", reached.wireName())
                .build();
    }

    private static ResponseBuilder<Job> with(Job job, RestResponse.Status status) {
        var response = ResponseBuilder.create(status, job);
        if (status == RestResponse.Status.CREATED) {
            response.header("Location", "/v1/queues/" + job.queue() + "/jobs/" + job.id());
        }
        return response;
    }
}
