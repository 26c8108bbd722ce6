package io.mainstay.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Function;

/**
 * A kind of fault, by its name in {@code -Dmainstay.chaos.nemeses}.
 *
 * @param draw gives one of its kind
 */
record Nemesis(String name, Draw draw) {

    /** @param what it is, for the log */
    record Drawn(String what, Strikes strikes) {}

    /** Draws length and strength of a fault. */
    @FunctionalInterface
    interface Draw {
        Drawn from(Random random);
    }

    /** Strikes, waits as long as the fault lasts, and returns the time from which on Redis can answer. */
    @FunctionalInterface
    interface Strikes {
        Instant at(ChaosRun run) throws InterruptedException;
    }

    private static final int SHORTEST_MS = 50;
    private static final int LONGEST_MS = 2_500;

    /** One of the faults that the lab knows. */
    static Nemesis of(String name, Fault<OneAddress> fault) {
        return new Nemesis(name, random -> new Drawn(name, run -> fault.strike(run.trial())));
    }

    /** One that lasts. */
    static Nemesis lasting(String name, Function<Duration, Fault<OneAddress>> fault) {
        return lasting(name, Nemesis::length, fault);
    }

    /** @param lengths draws how long */
    static Nemesis lasting(
            String name, Function<Random, Duration> lengths, Function<Duration, Fault<OneAddress>> fault) {
        return new Nemesis(name, random -> {
            Duration length = lengths.apply(random);
            return new Drawn(name + " for " + length, run -> fault.apply(length).strike(run.trial()));
        });
    }

    static Duration length(Random random) {
        return Duration.ofMillis(SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS));
    }
}
