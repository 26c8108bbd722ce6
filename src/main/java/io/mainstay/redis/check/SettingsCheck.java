package io.mainstay.redis.check;

import io.mainstay.job.Durability;
import io.mainstay.queue.JobsConfig;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.store.DurabilityConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * What must not, and what should not be, in the settings of a node. What a node does not say is not objected to, but
 * that it says nothing at all is.
 */
public final class SettingsCheck {

    private static final String EVICTION = "maxmemory-policy";
    private static final String DURABILITY = "mainstay.jobs.default-durability";

    private final boolean evictionAllowed;
    private final Durability durability;
    private final int replicas;

    public SettingsCheck(RedisConfig redis, JobsConfig jobs, DurabilityConfig durability) {
        this(redis.allowEviction(), jobs.defaultDurability(), durability.replicas());
    }

    /** @param replicas that a job of durability replica wants */
    SettingsCheck(boolean evictionAllowed, Durability durability, int replicas) {
        this.evictionAllowed = evictionAllowed;
        this.durability = durability;
        this.replicas = replicas;
    }

    List<Finding> examine(ServerInfo node) {
        List<Finding> found = new ArrayList<>();
        if (node.version().isEmpty() && node.evictionPolicy().isEmpty()) {
            found.add(
                    Finding.warning(
                            "Redis does not report its settings (INFO is forbidden or unknown); whether it evicts or loses jobs is not known"));
        }
        version(node, found);
        eviction(node, found);
        persistence(node, found);
        durability(node, found);
        return found;
    }

    private static void version(ServerInfo node, List<Finding> found) {
        if (!node.atLeast(6, 0).orElse(true)) {
            found.add(new Finding(
                    Finding.Severity.STOP,
                    "Redis " + node.version().orElseThrow() + " is too old; Mainstay needs 6.0 or newer"));
        }
    }

    /** Nothing that is promised is kept in a key that expires, so evicting those alone loses nothing that matters. */
    private void eviction(ServerInfo node, List<Finding> found) {
        node.evictionPolicy().filter(policy -> !policy.equals("noeviction")).ifPresent(policy -> {
            boolean expiringOnly = policy.startsWith("volatile-");
            found.add(
                    expiringOnly
                            ? Finding.warning(
                                            "maxmemory-policy is " + policy
                                                    + ": a full Redis drops keys that expire. Of Mainstay's keys only those of the canary jobs do;"
                                                    + " jobs and unique keys stay. Set noeviction if nothing else in this Redis needs eviction")
                                    .of(EVICTION)
                            : new Finding(
                                            evictionAllowed ? Finding.Severity.WARNING : Finding.Severity.NO_START,
                                            "maxmemory-policy is " + policy + ": a full Redis silently drops jobs;"
                                                    + " set noeviction"
                                                    + (evictionAllowed
                                                            ? ""
                                                            : ", or accept it with mainstay.redis.allow-eviction=true"))
                                    .of(EVICTION));
        });
    }

    private static void persistence(ServerInfo node, List<Finding> found) {
        boolean none = node.appendOnly().map(kept -> !kept).orElse(false);
        if (none) {
            found.add(Finding.warning(
                            node.snapshots()
                                    .map(when -> when.isBlank()
                                            ? "Redis has neither an append-only file nor snapshots: if it stops, all jobs are lost"
                                            : "Redis has only snapshots (save " + when
                                                    + "): if it stops, jobs since the last one are lost")
                                    .orElse(
                                            "Redis has no append-only file: if it stops, jobs since its last snapshot, if any, are lost"))
                    .of("appendonly"));
        }
        if (!none && node.appendFsync().filter("no"::equals).isPresent()) {
            found.add(Finding.warning("appendfsync is no: if the machine of Redis fails, jobs of the last half minute"
                            + " or so are lost; set everysec or always")
                    .of("appendfsync"));
        }
    }

    private void durability(ServerInfo node, List<Finding> found) {
        if (durability == Durability.REPLICA && node.replicas().orElse(replicas) < replicas) {
            found.add(Finding.warning(
                            "mainstay.jobs.default-durability is replica, mainstay.durability.replicas %d, but Redis has %d: enqueues fail until there are more"
                                    .formatted(replicas, node.replicas().orElseThrow()))
                    .of(DURABILITY));
        }
        if (durability == Durability.FSYNC && !node.atLeast(7, 2).orElse(true)) {
            found.add(new Finding(
                            Finding.Severity.NO_START,
                            "mainstay.jobs.default-durability is fsync, which Redis "
                                    + node.version().orElseThrow() + " does not support (7.2 or newer does)")
                    .of(DURABILITY));
        } else if (durability == Durability.FSYNC && !node.appendOnly().orElse(true)) {
            found.add(new Finding(
                            Finding.Severity.NO_START,
                            "mainstay.jobs.default-durability is fsync, but Redis has no append-only file; set appendonly yes")
                    .of("appendonly"));
        }
    }
}
