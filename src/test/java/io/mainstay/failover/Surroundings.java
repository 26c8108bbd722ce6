package io.mainstay.failover;

import io.mainstay.failover.history.Strike;
import io.mainstay.failover.nemesis.RedisClock;
import io.mainstay.failover.nemesis.SlowLink;
import io.mainstay.process.RedisNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Faults of what stands around the service and Redis: the link, the clock, the applications that jobs call. */
final class Surroundings {

    private static final int SLOWEST = 8;
    private static final int FASTEST = 4_000_000;
    private static final int LONGEST_SLOW_MS = 8_000;
    private static final int LONGEST_STEP_MS = 6_000;
    private static final int FARTHEST_SECONDS = 600;

    private Surroundings() {}

    /** Those that this machine has. */
    static List<Nemesis> all() {
        List<Nemesis> all = new ArrayList<>();
        all.add(new Nemesis("slow-link", Surroundings::slowLink));
        all.add(new Nemesis("odd-answers", Surroundings::oddAnswers));
        if (RedisClock.installed()) {
            all.add(new Nemesis("clock", Surroundings::clock));
        }
        return all;
    }

    /** Of a few bytes a second, or of a few megabytes, or between. */
    private static Nemesis.Drawn slowLink(Random random) {
        long rate = Math.round(SLOWEST * Math.pow((double) FASTEST / SLOWEST, random.nextDouble()));
        Duration length = Duration.ofMillis(LONGEST_SLOW_MS / 4 + random.nextInt(LONGEST_SLOW_MS * 3 / 4));
        return new Nemesis.Drawn("link of %d bytes/s for %s".formatted(rate, length), run -> {
            Instant from = Instant.now();
            run.site().carry(rate);
            try {
                run.trial().last(length);
            } finally {
                run.site().carry(SlowLink.UNLIMITED);
            }
            Instant over = Instant.now();
            run.note(new Strike.Throttled(from, over, ChaosSite.LEASE));
            return over;
        });
    }

    /** One step away and one back, so that every fault of the kind has one in each direction. */
    private static Nemesis.Drawn clock(Random random) {
        Duration by = Duration.ofSeconds(random.nextInt(2 * FARTHEST_SECONDS + 1) - FARTHEST_SECONDS);
        Duration length = Duration.ofMillis(LONGEST_STEP_MS / 4 + random.nextInt(LONGEST_STEP_MS * 3 / 4));
        boolean swap = random.nextInt(4) == 0;
        String what = swap ? "clock of the replica, primary next, %+d s for %s" : "clock %+d s for %s";
        return new Nemesis.Drawn(what.formatted(by.toSeconds(), length), run -> {
            RedisNode stepped = swap ? run.site().replica() : run.site().primary();
            run.site().stepClock(stepped, by);
            try {
                if (swap) {
                    Outages.rolesSwapped().strike(run.trial());
                }
                run.trial().last(length);
            } finally {
                run.site().stepClock(stepped, Duration.ZERO);
            }
            return Instant.now();
        });
    }

    /** Of the applications that jobs call. */
    private static Nemesis.Drawn oddAnswers(Random random) {
        Duration length = Nemesis.length(random);
        return new Nemesis.Drawn("odd answers for " + length, run -> {
            run.home().target().odd(true);
            try {
                run.trial().last(length);
            } finally {
                run.home().target().odd(false);
            }
            return Instant.now();
        });
    }
}
