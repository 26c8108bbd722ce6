package io.mainstay.stats;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.Objects;

/** What is counted together: the jobs of a handler in a queue, as callers know it. */
public record Series(QueueName queue, HandlerName handler) {

    private static final String BETWEEN = " ";

    public Series {
        queue = Objects.requireNonNull(queue, "queue").logical();
        Objects.requireNonNull(handler, "handler");
    }

    /** As it is kept. */
    public String text() {
        return queue.value() + BETWEEN + handler.value();
    }

    /** What {@link #text()} was. */
    public static Series of(String text) {
        String[] names = text.split(BETWEEN, 2);
        return new Series(new QueueName(names[0]), new HandlerName(names.length > 1 ? names[1] : ""));
    }
}
