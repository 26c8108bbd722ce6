package io.mainstay.registry;

import io.mainstay.queue.QueueFigures;
import java.util.List;
import java.util.Optional;

/**
 * One page of queues. A queue that exists during the whole paging is seen once.
 *
 * @param queues by name
 * @param next cursor of the next page; empty on the last
 * @param complete false if queues may be missing because a part of the store did not answer
 */
public record QueuePage(List<QueueFigures> queues, Optional<String> next, boolean complete) {

    public QueuePage {
        queues = List.copyOf(queues);
    }
}
