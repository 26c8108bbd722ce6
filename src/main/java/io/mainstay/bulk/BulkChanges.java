package io.mainstay.bulk;

import io.mainstay.queue.StateChange;
import java.util.List;
import java.util.Optional;

/**
 * What a call about many jobs did.
 *
 * @param count how many jobs were changed; those that match, but for one whose unique key another job has
 * @param changes their new states; none if they are gone
 * @param next cursor to continue from; empty when every job was looked at
 */
public record BulkChanges(int count, List<StateChange> changes, Optional<String> next) {}
