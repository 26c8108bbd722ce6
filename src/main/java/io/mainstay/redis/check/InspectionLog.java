package io.mainstay.redis.check;

import io.mainstay.redis.connection.StoreName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Tells the log what the inspection found: what is new at once, a refusal again every minute. For one thread. */
final class InspectionLog {

    private static final Logger LOG = Logger.getLogger(Inspector.class);
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final StoreName store;
    private final Set<String> told = new HashSet<>();
    private List<String> refused = List.of();
    private long refusedAt;
    private List<String> faults = List.of();
    private long faultsAt;

    InspectionLog(StoreName store) {
        this.store = store;
    }

    void open(List<String> warnings) {
        if (!refused.isEmpty()) {
            LOG.info(store.about("The settings of Redis are right now: Mainstay works with it"));
            refused = List.of();
        }
        told.retainAll(warnings);
        for (String warning : warnings) {
            if (told.add(warning)) {
                LOG.warn(store.about(warning));
            }
        }
    }

    void refused(List<String> reasons) {
        long now = System.nanoTime();
        if (!reasons.equals(refused) || now - refusedAt > REMINDER_NANOS) {
            LOG.error(store.about(
                    "Mainstay does not work with this Redis; it accepts and runs no jobs until this is changed: "
                            + String.join("; ", reasons)));
            refused = List.copyOf(reasons);
            refusedAt = now;
        }
    }

    /** Why connections do not come about, as far as that is known. */
    void faults(List<String> now) {
        if (now.isEmpty()) {
            if (!faults.isEmpty()) {
                LOG.info(store.about("Connections to Redis work again"));
            }
        } else if (!now.equals(faults) || System.nanoTime() - faultsAt > REMINDER_NANOS) {
            LOG.error(store.about("Redis cannot be connected to: " + String.join("; ", now)));
            faultsAt = System.nanoTime();
        }
        faults = now;
    }

    void notUnderstood(RuntimeException why) {
        LOG.warn(store.about("The settings that Redis reports are not understood"), why);
    }

    void unanswered(Throwable why) {
        LOG.debug(store.about("Redis could not be checked; trying again"), why);
    }
}
