package io.mainstay.worker;

import io.mainstay.hook.Sink;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service with workers and all handlers, and short times where tests would have to wait. */
public class WorkersProfile implements QuarkusTestProfile {

    /** Ended jobs that a queue keeps: more than any test reads, less than one of them makes. */
    public static final int KEPT = 1000;

    public static final int MOST_STREAMS = 2;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "mainstay.rest.head-timeout", "PT2S",
                "mainstay.metrics.queue-interval", "PT1S",
                "mainstay.retention.interval", "PT1S",
                "mainstay.retention.succeeded.max-count", Integer.toString(KEPT),
                "mainstay.events.max-streams", Integer.toString(MOST_STREAMS),
                "mainstay.events.heartbeat", "PT2S",
                "mainstay.handlers.probe-interval", "PT1S",
                "mainstay.metrics.watched-queues", "dying",
                "mainstay.rest.body-idle", "PT1S",
                "mainstay.http.allow", Sink.url());
    }
}
