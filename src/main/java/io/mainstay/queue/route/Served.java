package io.mainstay.queue.route;

import io.mainstay.job.Bounds;
import io.mainstay.job.HandlerName;
import java.util.Objects;
import java.util.Set;

/**
 * What a claimant takes.
 *
 * @param handlers whose jobs, at most {@value #MOST}; none for a claim that takes nothing
 * @param targets how many of each target
 */
public record Served(Set<HandlerName> handlers, TargetRoom targets) {

    /** Bounds what a claim says. */
    public static final int MOST = 1000;

    public static final Served NOTHING = of(Set.of());

    public Served {
        handlers = Set.copyOf(handlers);
        Objects.requireNonNull(targets, "targets");
        Bounds.between("handlers", handlers.size(), 0L, MOST);
    }

    /** Of any target. */
    public static Served of(Set<HandlerName> handlers) {
        return new Served(handlers, TargetRoom.UNLIMITED);
    }
}
