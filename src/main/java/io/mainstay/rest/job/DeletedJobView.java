package io.mainstay.rest.job;

import io.mainstay.queue.Enqueued;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A job that an enqueue asked for again after it has ended and was deleted.
 *
 * @param state in which it ended
 * @param deleted always true
 */
@RegisterForReflection
public record DeletedJobView(String id, String state, boolean deleted) {

    static DeletedJobView of(Enqueued.Deleted job) {
        return new DeletedJobView(job.id().value(), job.state().wireName(), true);
    }
}
