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
        return Map.ofEntries(
                Map.entry("mainstay.rest.head-timeout", "PT2S"),
                Map.entry("mainstay.metrics.queue-interval", "PT1S"),
                Map.entry("mainstay.retention.interval", "PT1S"),
                Map.entry("mainstay.retention.succeeded.max-count", Integer.toString(KEPT)),
                Map.entry("mainstay.events.max-streams", Integer.toString(MOST_STREAMS)),
                Map.entry("mainstay.events.heartbeat", "PT2S"),
                Map.entry("mainstay.handlers.probe-interval", "PT1S"),
                Map.entry("mainstay.metrics.watched-queues", "dying"),
                Map.entry("mainstay.rest.body-idle", "PT1S"),
                Map.entry("mainstay.http.allow", Sink.url()),
                Map.entry("mainstay.stats.interval", "PT1S"));
    }
}
