package io.mainstay.mirror;

import java.util.List;
import java.util.Optional;

/** Jobs that have changed, the oldest change first. */
public record OutboxPage(Optional<Mirror> mirror, long latestChange, List<OutboxEntry> entries) {

    public OutboxPage {
        entries = List.copyOf(entries);
    }
}
