package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.registry.QueuePage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of queues as shown.
 *
 * @param next null, and not shown, on the last
 * @param incomplete true if queues may be missing because part of Redis did not answer; null, and not shown, if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record QueueList(List<QueueView> queues, String next, Boolean incomplete) {

    static QueueList of(QueuePage page) {
        return new QueueList(
                page.queues().stream().map(QueueView::of).toList(),
                page.next().orElse(null),
                page.complete() ? null : true);
    }
}
