package io.mainstay.failover.history;

import static io.mainstay.failover.history.Call.Kind.CANCEL;
import static io.mainstay.failover.history.Call.Kind.ENQUEUE;

import io.mainstay.failover.history.Planned.Trait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Histories for tests, in seconds from a start. What is not said of the job {@link #JOB} went well. */
final class Seen {

    static final String JOB = "j1";
    static final String OTHER = "j2";
    static final String INSTANCE = "a";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX_ATTEMPTS = 3;

    private final List<Call> calls = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final List<Strike> strikes = new ArrayList<>();
    private Set<Trait> traits = Set.of(Trait.WATCHED);
    private Map<String, String> left = Map.of();
    private int returned;

    /** The job with these traits, sent at second 0; nothing came of it yet. */
    static Seen of(Trait... traits) {
        Seen seen = new Seen();
        seen.traits = Set.of(traits);
        return seen;
    }

    /** Sent at 0, acknowledged at 1, run from 2 to 3, seen as succeeded at 5. */
    static Seen well() {
        return of(Trait.WATCHED).acknowledged().run(1, 2, 200).succeeded(1, 5);
    }

    static Instant at(double second) {
        return START.plusMillis(Math.round(1000 * second));
    }

    Seen acknowledged() {
        return call(0, 1, new Call.Answer(201, JOB, "ready"));
    }

    /** @param store which of two has the job */
    Seen acknowledgedBy(String store) {
        return call(0, 1, new Call.Answer(201, JOB, "ready", store));
    }

    Seen call(double sent, double until, Call.Answer answer) {
        calls.add(new Call(ENQUEUE, JOB, INSTANCE, at(sent), at(until), answer));
        return this;
    }

    Seen cancelled(double sent, double until) {
        calls.add(new Call(CANCEL, JOB, INSTANCE, at(sent), at(until), new Call.Answer(200, JOB, "cancelled")));
        return this;
    }

    Seen run(int attempt, double begin, int status) {
        return run(new Run(JOB, attempt, at(begin), at(begin + 1), status, ""));
    }

    Seen run(Run run) {
        runs.add(run);
        return this;
    }

    Seen succeeded(int attempts, double seen) {
        return end("succeeded", attempts, seen, "");
    }

    /** @param failures attempt and type, a colon between */
    Seen end(String state, int attempts, double seen, String foreign, String... failures) {
        List<End.Failure> kept = List.of(failures).stream()
                .map(failure -> failure.split(":"))
                .map(parts -> new End.Failure(Integer.parseInt(parts[0]), parts[1]))
                .toList();
        ends.add(new End(JOB, state, attempts, returned, at(seen).toEpochMilli(), kept, foreign, at(seen)));
        return this;
    }

    /** Of the ends that follow. */
    Seen returned(int attempts) {
        returned = attempts;
        return this;
    }

    Seen left(String state) {
        left = Map.of(JOB, state);
        return this;
    }

    Seen strike(Strike strike) {
        strikes.add(strike);
        return this;
    }

    Seen killed(double second) {
        return strike(new Strike.Killed(INSTANCE, at(second)));
    }

    /** For longer than a lease of 5 s. */
    Seen throttled(double from, double until) {
        return strike(new Strike.Throttled(at(from), at(until), Duration.ofSeconds(5)));
    }

    Seen ended(double asked, double gone) {
        return strike(new Strike.Ended(INSTANCE, at(asked), at(gone)));
    }

    Seen lost(double from, double second) {
        return strike(new Strike.Lost(at(from), at(second), true));
    }

    Seen lostOneOfTwo(String store, double from, double until) {
        return strike(new Strike.OneOfTwo(store, at(from), at(until)));
    }

    Seen oneAway(double from, double until) {
        return strike(new Strike.OneAway(at(from), at(until)));
    }

    HistoryChecker.Verdict verdict() {
        Planned job = new Planned(JOB, "q", at(0), MAX_ATTEMPTS, traits);
        return HistoryChecker.check(new History(List.of(job), calls, runs, ends, left, strikes));
    }

    List<Rule> broken() {
        return verdict().violations().stream().map(Violation::rule).distinct().toList();
    }
}
