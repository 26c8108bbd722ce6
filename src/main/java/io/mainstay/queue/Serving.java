package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.Set;

/**
 * What an instance runs.
 *
 * @param queues those it serves; empty for all
 * @param handlers those it has
 */
public record Serving(Set<QueueName> queues, Set<HandlerName> handlers) {

    public Serving {
        queues = Set.copyOf(queues);
        handlers = Set.copyOf(handlers);
    }

    public boolean serves(QueueName queue) {
        return queues.isEmpty() || queues.contains(queue);
    }
}
