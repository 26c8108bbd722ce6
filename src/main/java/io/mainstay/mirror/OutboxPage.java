package io.mainstay.mirror;

import java.util.List;
import java.util.Optional;

/**
 * Jobs that have changed, the oldest change first.
 *
 * @param leftToOthers whether there are none but those that others have just been given
 */
public record OutboxPage(Optional<Mirror> mirror, long latestChange, boolean leftToOthers, List<OutboxEntry> entries) {

    public OutboxPage {
        entries = List.copyOf(entries);
    }
}
