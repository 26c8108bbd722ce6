package io.mainstay.failover;

import io.mainstay.failover.history.History;
import io.mainstay.failover.history.HistoryChecker;
import io.mainstay.process.RedisProgram;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A section of docs/failover.md on random faults.
 *
 * @param text what stands before the rules and their figures, with places for date, version, faults, kinds and seed
 * @param missing what became of acknowledged jobs that are not there, and may not be
 */
record ChaosReport(Section section, String text, String missing) {

    static final ChaosReport ONE_REDIS = new ChaosReport(new Section("Random faults"), """

            %s, Redis %s: %d faults of %d kinds, one after the other, on two instances under 50 jobs a second, with payloads and
            results of up to 256 KiB. To measure again: `./mvnw verify -Pchaos -Dit.test=ChaosIT -Dfailover.record`; the same
            faults again: `-Dmainstay.chaos.seed=%d`. What callers, handlers and Redis saw was checked against these rules:
            """, "were lost by Redis");

    static final ChaosReport MIRRORED = new ChaosReport(
            new Section("Random faults with a mirrored queue"),
            """

            %s, Redis %s: %d faults of %d kinds, one after the other, each on one of two stores (a primary with a replica each), under the same load in a
            [mirrored queue](critical-queues.md#mirrored) with a hold of 5 s. Those named *-long* last longer than that. Faults that take data strike when both stores have
            everything; of the others, half do not wait until the one before has healed. To measure again:
            `./mvnw verify -Pchaos -Dit.test=MirroredChaosIT -Dfailover.record`; the same faults again: `-Dmainstay.chaos.seed=%d`. The rules are the same; jobs that ended
            shortly before a takeover may run again.
            """,
            "were in one store alone, as their answers said, and lost with it");

    private static final String FIGURES = """

            %s
            From "Redis can answer" until a job sent after that was seen done, in seconds, *median / worst*:

            | fault | faults | resume |
            | --- | --- | --- |
            %s""";

    String sums(History history, HistoryChecker.Verdict verdict) {
        return ChaosFigures.sums(history, verdict, missing);
    }

    void write(int faults, int kinds, long seed, String sums, String table) {
        section.write(text.formatted(LocalDate.now(ZoneOffset.UTC), RedisProgram.version(), faults, kinds, seed)
                + FIGURES.formatted(sums, table));
    }
}
