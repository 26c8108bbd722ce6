package io.mainstay.lease.extend;

import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.lease.AttemptEnds;
import io.mainstay.lease.report.LeaseProblems;
import io.mainstay.lease.report.RemoteSettlements;
import io.mainstay.lease.report.TokenAttempt;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.LostLease;
import io.mainstay.queue.Settled;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.attempt.SettlementRules;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Extends leases, and so finds out how they stand: those of a queue and of one length in one call. None is extended beyond the time of
 * its attempt; an attempt whose time is over is ended here, as in-process workers end theirs. Thread-safe.
 */
@Singleton
final class LeaseLooks {

    private static final int MOST_PER_CALL = 1000;
    /** Leases that end so close to one another are extended together. */
    private static final long GRID_MS = 100;

    private final LeaseStore store;
    private final StoreClock clock;
    private final RemoteSettlements settlements;
    private final AttemptEnds ends;

    LeaseLooks(LeaseStore store, StoreClock clock, RemoteSettlements settlements, AttemptEnds ends) {
        this.ends = ends;
        this.store = store;
        this.clock = clock;
        this.settlements = settlements;
    }

    /** In the order of the leases; never fails. */
    Uni<List<Standing>> extend(List<HeldLease> leases) {
        Standing[] standings = new Standing[leases.size()];
        Map<QueueName, List<Integer>> byQueue = new LinkedHashMap<>();
        for (int place = 0; place < leases.size(); place++) {
            byQueue.computeIfAbsent(leases.get(place).queue(), unknown -> new ArrayList<>())
                    .add(place);
        }
        return all(byQueue.entrySet().stream()
                        .map(each -> new Look(each.getKey(), leases, each.getValue(), standings).run())
                        .toList())
                .replaceWith(() -> List.of(standings));
    }

    private static Uni<Void> all(List<Uni<Void>> calls) {
        return calls.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(calls).andFailFast().replaceWithVoid();
    }

    /** At the leases of one queue. */
    private final class Look {

        private final QueueName queue;
        private final List<HeldLease> leases;
        private final List<Integer> places;
        private final Standing[] standings;
        private final long began = System.nanoTime();

        Look(QueueName queue, List<HeldLease> leases, List<Integer> places, Standing[] standings) {
            this.queue = queue;
            this.leases = leases;
            this.places = places;
            this.standings = standings;
        }

        Uni<Void> run() {
            return clock.now(queue).flatMap(this::run).onFailure().recoverWithItem(failure -> {
                unavailable(places, failure);
                return null;
            });
        }

        private Uni<Void> run(Instant now) {
            List<Integer> over = new ArrayList<>();
            Map<Duration, List<Integer>> byLength = new HashMap<>();
            for (int place : places) {
                Duration left = Duration.between(now, leases.get(place).token().endBy());
                if (left.isZero() || left.isNegative()) {
                    over.add(place);
                } else {
                    Duration most = Duration.ofMillis((left.toMillis() / GRID_MS + 1) * GRID_MS)
                            .plus(AttemptEnds.GRACE);
                    Duration asked = leases.get(place).length();
                    if (asked.compareTo(left) > 0) {
                        ends.watch(leases.get(place).token(), left);
                    }
                    byLength.computeIfAbsent(asked.compareTo(most) < 0 ? asked : most, unknown -> new ArrayList<>())
                            .add(place);
                }
            }
            List<Uni<Void>> calls = new ArrayList<>();
            byLength.forEach((length, some) -> {
                for (int from = 0; from < some.size(); from += MOST_PER_CALL) {
                    calls.add(extend(some.subList(from, Math.min(some.size(), from + MOST_PER_CALL)), length, now));
                }
            });
            if (!over.isEmpty()) {
                calls.add(end(over, now));
            }
            return all(calls);
        }

        private Uni<Void> extend(List<Integer> some, Duration length, Instant now) {
            return store.extend(queue, leasesAt(some), length)
                    .invoke(lost -> extended(some, lost, length, now))
                    .replaceWithVoid()
                    .onFailure()
                    .recoverWithItem(failure -> {
                        unavailable(some, failure);
                        return null;
                    });
        }

        private void extended(List<Integer> some, List<LostLease> lost, Duration length, Instant now) {
            Map<Lease, LostLease> byLease = new HashMap<>();
            lost.forEach(one -> byLease.put(one.lease(), one));
            for (int place : some) {
                HeldLease lease = leases.get(place);
                LostLease gone = byLease.get(lease.token().lease());
                standings[place] =
                        gone == null ? held(lease, length, now) : gone.cancelled() ? Standing.CANCELLED : Standing.LOST;
            }
        }

        private Standing held(HeldLease lease, Duration length, Instant now) {
            Instant endBy = lease.token().endBy();
            Instant extended = now.plus(length);
            Instant until = extended.isAfter(endBy) ? endBy : extended;
            return new Standing(
                    Standing.Status.HELD,
                    until,
                    began + Duration.between(now, until).toNanos(),
                    began + nanos(Duration.between(now, endBy)),
                    null);
        }

        /** Time-outs can be far away. */
        private static long nanos(Duration duration) {
            Duration most = Duration.ofDays(1000);
            return (duration.compareTo(most) > 0 ? most : duration).toNanos();
        }

        private Uni<Void> end(List<Integer> over, Instant now) {
            List<RemoteSettlements.Ended> ended = over.stream()
                    .map(place -> leases.get(place).token())
                    .map(token -> new RemoteSettlements.Ended(
                            token.attempt(), SettlementRules.timeout(new TokenAttempt(token, now), false), false))
                    .toList();
            return settlements
                    .settle(queue, ended, now)
                    .flatMap(settled -> {
                        List<Integer> refused = new ArrayList<>();
                        for (int i = 0; i < settled.size(); i++) {
                            if (settled.get(i) instanceof Settled.Applied) {
                                standings[over.get(i)] = Standing.TIMED_OUT;
                            } else {
                                refused.add(over.get(i));
                            }
                        }
                        // Only tells whether the job was cancelled: there is nothing to extend.
                        return refused.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : extend(refused, Extension.SHORTEST, now);
                    })
                    .onFailure()
                    .recoverWithItem(failure -> {
                        unavailable(over, failure);
                        return null;
                    });
        }

        private List<Lease> leasesAt(List<Integer> some) {
            return some.stream().map(place -> leases.get(place).token().lease()).toList();
        }

        private void unavailable(List<Integer> some, Throwable failure) {
            Standing standing = Standing.unavailable(LeaseProblems.of(failure));
            some.stream().filter(place -> standings[place] == null).forEach(place -> standings[place] = standing);
        }
    }
}
