package io.mainstay.failover;

import io.mainstay.failover.client.OtherClient;
import io.mainstay.failover.client.Recovery;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What the faults that matter do to other clients. It measures: how they fare is not ours to demand. {@code
 * -Dmainstay.failover.repetitions} and {@code .only} are as for {@link FailoverIT}; names have the client in them, too.
 */
@Tag("measuring")
@Tag("chaos")
class OtherClientsIT {

    private static final ComparisonReport REPORT = new ComparisonReport();

    @TestFactory
    Stream<DynamicTest> recoverOrNotAfter() {
        Pattern wanted = Pattern.compile(System.getProperty("mainstay.failover.only", ""));
        return Comparison.ALL.stream()
                .flatMap(comparison -> Stream.of(OtherClient.values()).flatMap(client -> tests(comparison, client)))
                .filter(test -> wanted.matcher(test.getDisplayName()).find());
    }

    private static Stream<DynamicTest> tests(Comparison<?> comparison, OtherClient client) {
        return IntStream.rangeClosed(1, Integer.getInteger("mainstay.failover.repetitions", 1))
                .mapToObj(i -> DynamicTest.dynamicTest(
                        "%s, %s #%d".formatted(comparison.name(), client, i), () -> measure(comparison, client)));
    }

    private static void measure(Comparison<?> comparison, OtherClient client) throws InterruptedException {
        Recovery recovery = comparison.of(client);
        REPORT.add(comparison, client, recovery);
        System.out.printf("%s, %s: %s%n", comparison.name(), client, recovery);
    }

    @AfterAll
    static void report() {
        if (System.getProperty("failover.record") != null) {
            REPORT.write();
        }
    }
}
