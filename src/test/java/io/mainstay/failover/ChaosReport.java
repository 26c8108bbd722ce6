package io.mainstay.failover;

import io.mainstay.process.RedisProgram;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The section of docs/failover.md on random faults. */
final class ChaosReport {

    static final Section SECTION = new Section("Random faults");

    private static final String TEXT = """

            %s, Redis %s: %d faults of %d kinds, one after the other, on two instances under 50 jobs a second, with payloads and
            results of up to 256 KiB. To measure again: `./mvnw verify -Pchaos -Dit.test=ChaosIT -Dfailover.record`; the same
            faults again: `-Dmainstay.chaos.seed=%d`. What callers, handlers and Redis saw was checked against these rules:

            %s
            From "Redis can answer" until a job sent after that was seen done, in seconds, *median / worst*:

            | fault | faults | resume |
            | --- | --- | --- |
            %s""";

    private ChaosReport() {}

    static void write(int faults, int kinds, long seed, String sums, String table) {
        SECTION.write(TEXT.formatted(
                LocalDate.now(ZoneOffset.UTC), RedisProgram.version(), faults, kinds, seed, sums, table));
    }
}
