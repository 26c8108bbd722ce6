package io.mainstay.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;

/**
 * A policy, as it is shown.
 *
 * @param critical null, and not shown, if it is not
 * @param hold the same, unless it is mirrored
 * @param state {@code settled}; {@code closing} or {@code moving} while the number of partitions changes
 * @param previousPartitions while that continues, how many there were; else null, and not shown
 * @param epoch grows with each change of the number of partitions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record PolicyView(
        String queue,
        int partitions,
        String critical,
        String hold,
        String state,
        Integer previousPartitions,
        long epoch,
        String changedAt) {

    static PolicyView of(StoredPolicy stored) {
        QueuePolicy policy = stored.policy();
        Layout layout = stored.layout();
        return new PolicyView(
                stored.queue().logical().value(),
                policy.partitions(),
                policy.critical() == Critical.NONE ? null : policy.critical().wireName(),
                policy.critical() == Critical.MIRRORED ? policy.hold().toString() : null,
                layout.phase().name().toLowerCase(Locale.ROOT),
                layout.previous() == 0 ? null : layout.previous(),
                layout.epoch(),
                stored.changedAt().toString());
    }
}
