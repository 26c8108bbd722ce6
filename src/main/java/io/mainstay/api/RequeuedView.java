package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.queue.Requeued;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What came of running many jobs again; {@code next} is null, and not shown, when all were looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record RequeuedView(int count, String next) {

    static RequeuedView of(Requeued requeued) {
        return new RequeuedView(requeued.count(), requeued.next().orElse(null));
    }
}
