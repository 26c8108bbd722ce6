package io.mainstay.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.queue.health.Recovery;
import io.mainstay.queue.health.RecoveryList;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A recovery as shown. What does not work again yet is null, and not shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record RecoveryView(
        String at,
        String store,
        String noticedBy,
        int linksLost,
        Long commandsAfterMs,
        Long wakeUpsAfterMs,
        Long claimAfterMs) {

    /** The latest first. */
    static List<RecoveryView> all(RecoveryList list) {
        List<RecoveryView> views = new ArrayList<>();
        list.recoveries().forEach(each -> views.add(of(each, list.at())));
        Collections.reverse(views);
        return views;
    }

    private static RecoveryView of(Recovery recovery, Instant from) {
        Recovery.Restored restored = recovery.restored();
        return new RecoveryView(
                from.minus(recovery.ago()).toString(),
                recovery.store(),
                recovery.noticedBy().slug(),
                recovery.linksLost(),
                ms(restored.commands()),
                ms(restored.wakeUps()),
                ms(restored.claim()));
    }

    private static Long ms(Optional<Duration> time) {
        return time.map(Duration::toMillis).orElse(null);
    }
}
