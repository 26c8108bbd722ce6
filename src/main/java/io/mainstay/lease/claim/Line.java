package io.mainstay.lease.claim;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests for the same handlers in the same queues, in the order they came. Loop only. */
final class Line {

    record Key(Set<QueueName> queues, Set<HandlerName> handlers) {

        Key {
            queues = Set.copyOf(queues);
            handlers = Set.copyOf(handlers);
        }
    }

    final Key key;
    final List<LineQueue> queues;
    private final Set<Waiter> waiters = new LinkedHashSet<>();
    /** Those of them with something going on: the others only wait. */
    private final Set<Waiter> busy = new LinkedHashSet<>();

    private int turn;

    Line(Key key, long now) {
        this.key = key;
        this.queues =
                key.queues().stream().map(queue -> new LineQueue(queue, now)).toList();
    }

    void add(Waiter waiter) {
        waiters.add(waiter);
        busy.add(waiter);
    }

    void remove(Waiter waiter) {
        waiters.remove(waiter);
        busy.remove(waiter);
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    /** Nobody waits in it, and no claim is under way. */
    boolean unused() {
        return waiters.isEmpty() && queues.stream().allMatch(queue -> queue.claims.isEmpty());
    }

    Optional<Waiter> first() {
        return waiters.stream().findFirst();
    }

    List<Waiter> all() {
        return new ArrayList<>(waiters);
    }

    List<Waiter> busy() {
        return new ArrayList<>(busy);
    }

    void working(Waiter waiter) {
        busy.add(waiter);
    }

    void onlyWaits(Waiter waiter) {
        busy.remove(waiter);
    }

    /** The queues, from another one on each time. */
    List<LineQueue> inTurn() {
        if (queues.size() == 1) {
            return queues;
        }
        int from = Math.floorMod(turn++, queues.size());
        List<LineQueue> all = new ArrayList<>(queues.subList(from, queues.size()));
        all.addAll(queues.subList(0, from));
        return all;
    }

    /**
     * The first that a claim from that queue may be made for; null if there is none. For none there are two at once: under a key the second would
     * bring the same jobs as the first, and whichever is answered last would give back what its worker runs.
     */
    Waiter firstFor(LineQueue queue) {
        for (Waiter waiter : waiters) {
            if (waiter.wants(queue) && !queue.claimsFor(waiter)) {
                return waiter;
            }
        }
        return null;
    }

    /** The first that may have jobs which were claimed for somebody who went away; null if there is none. */
    Waiter heirOf(Ask gone) {
        for (Waiter waiter : waiters) {
            if (!waiter.over() && !waiter.full() && waiter.ask.takesFor(gone)) {
                return waiter;
            }
        }
        return null;
    }

    Set<LineQueue> notKnownEmpty() {
        Set<LineQueue> unknown = new HashSet<>(2);
        for (LineQueue queue : queues) {
            if (!queue.knownEmpty()) {
                unknown.add(queue);
            }
        }
        return unknown;
    }

    LineQueue queue(QueueName name) {
        for (LineQueue queue : queues) {
            if (queue.name.equals(name)) {
                return queue;
            }
        }
        throw new IllegalArgumentException(name + " is no queue of this line");
    }
}
