package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.redis.store.RedisKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operations.md says of a backup: taken while jobs flow, let loose on another Redis. */
class RestoreIT {

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final String QUEUES = "/v1/queues/";
    private static final String JOBS = QUEUES + "q/jobs";
    private static final Map<String, String> CONFIG = Map.of("mainstay.handlers.demo", "true");

    @TempDir
    private Path backup;

    @TimedTest
    void theBackupGoesOnWhereItWasTaken() {
        try (RedisNode lost = RedisNode.start().awaitUp();
                ServiceProcess service = new ServiceProcess(lost.address(), CONFIG).awaitReady()) {
            fill(service);
            awaitReceived(lost, "running");
            awaitReceived(lost, "last");
            lost.dumpTo(backup.resolve("dump.rdb"));
            service.post(JOBS, "{\"id\": \"since\", \"handler\": \"echo\"}");
            service.kill();
            lost.kill();
        }
        try (RedisNode restored =
                        RedisNode.start("appendonly no", "dir " + backup).awaitUp();
                ServiceProcess service = new ServiceProcess(restored.address(), CONFIG).awaitReady()) {
            assertThat(service.status(JOBS + "/since")).isEqualTo(404);
            assertThat(service.get(JOBS + "/ended")).contains("\"state\":\"succeeded\"", "\"attempt\":1,");
            awaitShown(service, "running", "\"state\":\"succeeded\"", "\"attempt\":2,", "lease-expired");
            awaitShown(service, "last", "\"state\":\"dead\"", "lease-expired");
            awaitShown(service, "delayed", "\"state\":\"succeeded\"", "\"attempt\":1,");

            assertThat(service.get(QUEUES + "held/jobs/paused")).contains("\"state\":\"ready\"");
            service.post(QUEUES + "held/resume", "");
            await().atMost(DEADLINE).untilAsserted(() -> assertThat(service.get(QUEUES + "held/jobs/paused"))
                    .contains("\"state\":\"succeeded\""));
        }
    }

    /** From then on the attempt counts, whatever becomes of its lease. */
    private static void awaitReceived(RedisNode redis, String id) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(
                        redis.call("HGET", new RedisKeys(new QueueName("q")).base() + "job:" + id, "received"))
                .contains("1"));
    }

    /** One job in each place that a backup may find it in. */
    private static void fill(ServiceProcess service) {
        service.post(JOBS, "{\"id\": \"ended\", \"handler\": \"echo\"}");
        String sleep = "\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT5S\"}";
        service.post(JOBS, "{\"id\": \"running\", %s}".formatted(sleep));
        service.post(JOBS, "{\"id\": \"last\", \"maxAttempts\": 1, %s}".formatted(sleep));
        service.post(JOBS, "{\"id\": \"delayed\", \"handler\": \"echo\", \"delay\": \"PT4S\"}");
        service.post(QUEUES + "held/pause", "");
        service.post(QUEUES + "held/jobs", "{\"id\": \"paused\", \"handler\": \"echo\"}");
        awaitShown(service, "ended", "\"state\":\"succeeded\"");
        awaitShown(service, "running", "\"state\":\"running\"");
        awaitShown(service, "last", "\"state\":\"running\"");
    }

    private static void awaitShown(ServiceProcess service, String id, String... parts) {
        await(id).atMost(DEADLINE).untilAsserted(() -> assertThat(service.get(JOBS + "/" + id))
                .contains(parts));
    }
}
