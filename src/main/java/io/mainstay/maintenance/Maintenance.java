package io.mainstay.maintenance;

import io.mainstay.job.Bounds;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Refuses to start with values out of bounds. */
@Dependent
class Maintenance {

    /** Before anything is begun. */
    void check(
            @Observes @Priority(1) StartupEvent event, IdsConfig ids, RetentionConfig retention, ForgetConfig forget) {
        IdsConfig.check(ids);
        ForgetConfig.check(forget);
        Bounds.between("mainstay.retention.interval", retention.interval(), Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
