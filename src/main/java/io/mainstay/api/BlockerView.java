package io.mainstay.api;

import io.mainstay.queue.Explanation;
import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A job that must end before another one may start, as shown.
 *
 * @param since when it came into its state
 */
@RegisterForReflection
public record BlockerView(String id, String state, String since) {

    static BlockerView of(Explanation.Blocker blocker) {
        return new BlockerView(blocker.id().value(), blocker.state().wireName(), JobSerializer.text(blocker.since()));
    }
}
