package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.events.EventClient;
import io.mainstay.machine.TimedTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A stream of one instance tells what happens on another, and ends when its instance does. */
class EventsIT {

    private final RedisProcess redis = new RedisProcess();
    private final ServiceProcess working =
            new ServiceProcess(redis.address(), Map.of("mainstay.handlers.demo", "true")).awaitReady();
    private final ServiceProcess streaming =
            new ServiceProcess(redis.address(), Map.of("mainstay.worker.enabled", "false")).awaitReady();

    @AfterEach
    void stop() throws Exception {
        working.close();
        streaming.close();
        redis.close();
    }

    @TimedTest
    void whatHappensElsewhereIsToldUntilTheInstanceStops() throws Exception {
        try (EventClient client = EventClient.open(streaming.uri("/v1/events?queue=q"))) {
            assertThat(client.next().name()).isEqualTo("open");
            // Long enough for the next announcement that somebody listens, should the first have gone unheard.
            working.post("/v1/queues/q/jobs", "{\"handler\":\"sleep\",\"payload\":{\"duration\":\"PT3S\"}}");
            String last = client.next().name();
            while (!last.equals("succeeded")) {
                last = client.next().name();
            }

            streaming.requestEnd();
            client.awaitEnd();
            streaming.awaitExit();
        }
    }
}
