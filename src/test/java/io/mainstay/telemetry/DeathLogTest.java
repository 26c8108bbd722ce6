package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDeath;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeathLogTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong nanos = new AtomicLong();
    private final DeathLog log = new DeathLog(vertx, nanos::get);
    private final Lines lines = new Lines();
    private final Logger logger = Logger.getLogger(DeathLog.class.getName());

    @BeforeEach
    void listen() {
        logger.addHandler(lines);
    }

    @AfterEach
    void close() {
        logger.removeHandler(lines);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void eachDeathIsOneLine() {
        log.died(death("mail", "a"));

        assertThat(lines.texts).containsExactly("Job a in queue mail is dead: handler send, attempt 3, http-500");
    }

    @Test
    void ofManyTheNumberIsTold() {
        for (int i = 0; i < DeathLog.MOST_A_MINUTE + 5; i++) {
            log.died(death(i % 5 == 0 ? "mail" : "images", "job-" + i));
        }
        assertThat(lines.texts).hasSize(DeathLog.MOST_A_MINUTE);

        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        log.died(death("mail", "later"));

        assertThat(lines.texts).hasSize(DeathLog.MOST_A_MINUTE + 2);
        assertThat(lines.texts.get(DeathLog.MOST_A_MINUTE))
                .isEqualTo(
                        "5 more jobs died within a minute and are not listed, most of them in queues images (4), mail (1)");
        log.tellLeftOut();
        assertThat(lines.texts).hasSize(DeathLog.MOST_A_MINUTE + 2);
    }

    @Test
    void canariesAreNoMatterOfAnybody() {
        log.died(new JobDeath(
                QueueName.privateTo("me"), new JobId("a"), new HandlerName("canary"), 1, "lease-expired", false));

        assertThat(lines.texts).isEmpty();
    }

    private static JobDeath death(String queue, String id) {
        return new JobDeath(new QueueName(queue), new JobId(id), new HandlerName("send"), 3, "http-500", true);
    }

    private static final class Lines extends Handler {

        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            Object[] values = line.getParameters();
            texts.add(values == null ? line.getMessage() : line.getMessage().formatted(values));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
