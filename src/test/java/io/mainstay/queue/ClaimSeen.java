package io.mainstay.queue;

import io.mainstay.job.JobId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a claim of some store did, as far as it was free to choose.
 *
 * @param leased what it answered, in order
 * @param dead all dead jobs of the queue after it
 * @param aside what was put aside after it
 */
public record ClaimSeen(List<JobId> leased, Set<JobId> dead, Aside aside) {

    Stream<JobId> all() {
        return Stream.of(leased, dead).flatMap(Collection::stream);
    }
}
