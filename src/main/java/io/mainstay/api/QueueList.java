package io.mainstay.api;

import io.mainstay.queue.QueueFigures;
import java.util.List;

/** All queues as shown. */
public record QueueList(List<QueueView> queues) {

    static QueueList of(List<QueueFigures> figures) {
        return new QueueList(figures.stream().map(QueueView::of).toList());
    }
}
