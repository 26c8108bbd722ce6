package io.mainstay.bulk;

import io.mainstay.queue.StateChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a call about many jobs did.
 *
 * @param count how many jobs were changed; those that match, but for one whose unique key another job has
 * @param changes their new states; none if they are gone
 * @param next cursor to continue from; empty when every job was looked at
 * @param nextDue of jobs that are spread: when the one behind the last of them is due
 */
public record BulkChanges(int count, List<StateChange> changes, Optional<String> next, Optional<Instant> nextDue) {

    public BulkChanges(int count, List<StateChange> changes, Optional<String> next) {
        this(count, changes, next, Optional.empty());
    }

    /** The same of a place of several. */
    public BulkChanges withNext(Optional<String> cursor) {
        return new BulkChanges(count, changes, cursor, nextDue);
    }
}
