package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The comparison: what the same faults do to a subscription and to commands of the stock client. */
@Tag("measuring")
@Tag("chaos")
class StockClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final List<String> COMPARED =
            List.of("Redis killed, back after 5 s", "CLIENT KILL TYPE pubsub", "old connections black-holed");

    private final Results results = new Results();

    @TestFactory
    Stream<DynamicTest> recoversOrNot() {
        return Scenarios.all(false).stream()
                .filter(scenario -> COMPARED.contains(scenario.name()))
                .map(StockClientIT::onOneAddress)
                .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> strike(scenario)));
    }

    @AfterAll
    static void report() {
        if (System.getProperty("failover.record") != null) {
            new Report(new Results()).write(Scenarios.all(Boolean.getBoolean("mainstay.failover.full")));
        }
    }

    private void strike(Scenario<OneAddress> scenario) throws InterruptedException {
        try (OneAddress site = new OneAddress(0, Map.of());
                StockClient client = new StockClient(site.address())) {
            Instant begun = Instant.now();
            Awaitility.await("the stock client works before the fault").until(() -> {
                publish(site);
                return client.lastMessage().isAfter(begun) && client.commandWorks();
            });
            Instant answerable = scenario.fault().strike(new Trial<>(site, "none"));
            StockRecovery recovery = watch(site, client, answerable);
            results.addStock(scenario, recovery);
            System.out.printf("stock client, %s: %s%n", scenario.name(), recovery);
            assertThat(recovery.commands())
                    .as("commands of the stock client work again")
                    .isNotNull();
        }
    }

    private static StockRecovery watch(OneAddress site, StockClient client, Instant answerable)
            throws InterruptedException {
        Double commands = null;
        Double subscription = null;
        Instant end = answerable.plus(PATIENCE);
        while (Instant.now().isBefore(end) && (commands == null || subscription == null)) {
            publish(site);
            if (commands == null && client.commandWorks()) {
                commands = since(answerable, Instant.now());
            }
            Thread.sleep(GLANCE.toMillis());
            if (subscription == null && client.lastMessage().isAfter(answerable)) {
                subscription = since(answerable, client.lastMessage());
            }
        }
        return new StockRecovery(commands, subscription);
    }

    private static void publish(OneAddress site) {
        site.primary().call("PUBLISH", StockClient.CHANNEL, "hello");
    }

    private static double since(Instant start, Instant end) {
        return Duration.between(start, end).toMillis() / 1000.0;
    }

    @SuppressWarnings("unchecked") // COMPARED names scenarios of one address only.
    private static Scenario<OneAddress> onOneAddress(Scenario<?> scenario) {
        return (Scenario<OneAddress>) scenario;
    }
}
