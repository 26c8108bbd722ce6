package io.mainstay.failover;

import io.mainstay.process.RedisProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The last section of docs/failover.md; the rest of the page is {@link Report}'s. */
final class ChaosReport {

    private static final String HEADING = "\n## Random faults\n";

    private static final String TEXT = HEADING + """

            %s, Redis %s: %d faults of %d kinds, one after the other, on two instances under 50 jobs a second, with payloads and
            results of up to 256 KiB. To measure again: `./mvnw verify -Pchaos -Dit.test=ChaosIT -Dfailover.record`; the same
            faults again: `-Dmainstay.chaos.seed=%d`. What callers, handlers and Redis saw was held against these rules:

            %s
            From when Redis could answer to when a job was seen done that had been sent since, in seconds, *median / worst*:

            | fault | faults | resume |
            | --- | --- | --- |
            %s""";

    private ChaosReport() {}

    static void write(int faults, int kinds, long seed, String sums, String table) {
        String page = read();
        int end = page.indexOf(HEADING);
        try {
            Files.writeString(
                    Report.FILE,
                    (end < 0 ? page : page.substring(0, end))
                            + TEXT.formatted(
                                    LocalDate.now(ZoneOffset.UTC),
                                    RedisProgram.version(),
                                    faults,
                                    kinds,
                                    seed,
                                    sums,
                                    table));
        } catch (IOException e) {
            throw new UncheckedIOException("no " + Report.FILE, e);
        }
    }

    /** The section as it is on the page, empty if there is none. */
    static String recorded() {
        String page = read();
        int begin = page.indexOf(HEADING);
        return begin < 0 ? "" : page.substring(begin);
    }

    private static String read() {
        try {
            return Files.readString(Report.FILE);
        } catch (IOException e) {
            throw new UncheckedIOException("no " + Report.FILE, e);
        }
    }
}
