package io.mainstay.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** How the in-memory store picks jobs for a claim: one after the other, of the line that has waited longest for its turn. */
final class TwinChoice {

    /** What becomes of a job that a claim comes to. */
    enum Offer {
        TAKEN,
        /** It is not ready any more. */
        PASSED,
        /** It is too much for the answer, and stays where it is. */
        NO_ROOM
    }

    private static final int AGED_SHARE = 8;

    private final TwinLines lines;
    private final TwinTurns turns;
    private final int sweepLimit;
    private final Duration aging;
    /** Jobs that were taken while others of lower priority waited. */
    private long mixed;

    TwinChoice(TwinLines lines, TwinTurns turns, int sweepLimit, Duration aging) {
        this.lines = lines;
        this.turns = turns;
        this.sweepLimit = sweepLimit;
        this.aging = aging;
    }

    /** @param offer called for one job after the other, until there is no room */
    List<TwinJob> start(int room, Instant now, TwinServed wanted, Function<TwinJob, Offer> offer) {
        List<TwinJob> started = new ArrayList<>();
        int passed = 0;
        while (started.size() < room && passed < sweepLimit) {
            Set<String> startable = lines.startable(wanted);
            if (startable.isEmpty()) {
                break;
            }
            String line = turns.first(startable);
            if (lines.limits().tokens(line, now) < 1) {
                lines.rest(line, now);
                passed++;
                continue;
            }
            List<TwinJob> waiting = startableOf(line, wanted);
            List<TwinJob> lower = waiting.stream()
                    .filter(job -> job.tier() > waiting.get(0).tier())
                    .toList();
            TwinJob job =
                    lower.isEmpty() || (mixed + 1) % AGED_SHARE > 0 ? waiting.get(0) : aged(waiting.get(0), lower, now);
            Offer outcome = offer.apply(job);
            if (outcome == Offer.NO_ROOM) {
                break;
            }
            mixed += lower.isEmpty() ? 0 : 1;
            if (startable.size() > 1 || !line.equals(TwinLines.PLAIN)) {
                turns.served(line, lines.startable(TwinServed.ALL));
            }
            if (outcome == Offer.TAKEN) {
                started.add(job);
                wanted.started(job);
            } else {
                passed++;
            }
        }
        return started;
    }

    /** Those of a line of which any may start next, best first. */
    private List<TwinJob> startableOf(String line, TwinServed wanted) {
        List<TwinJob> starters = lines.starters(line, wanted).toList();
        return starters.stream().noneMatch(job -> !job.isOrdered())
                ? starters
                : starters.stream().filter(job -> !job.isOrdered()).toList();
    }

    /** The oldest of lower priorities that has aged, or else the first. */
    private TwinJob aged(TwinJob first, List<TwinJob> lower, Instant now) {
        return lower.stream()
                .filter(job -> !job.isOrdered() && job.hasAged(aging, now))
                .min(Comparator.comparingLong(job -> job.arrival))
                .orElse(first);
    }
}
