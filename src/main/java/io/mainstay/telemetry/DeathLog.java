package io.mainstay.telemetry;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobObserver;
import io.mainstay.vertx.VertxInternals;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * A warning for each job that dies: which, and the kind of its last error; what the error says, and the payload, may be nobody's
 * business. Of more than some a minute only the number is told, by queue. Thread-safe.
 */
@Singleton
class DeathLog implements JobObserver {

    static final int MOST_A_MINUTE = 30;

    private static final Logger LOG = Logger.getLogger(DeathLog.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_QUEUES = 5;

    private final Vertx vertx;
    private final LongSupplier nanoTime;
    private final Map<QueueName, Integer> leftOut = new TreeMap<>(Comparator.comparing(QueueName::value));
    private long begun;
    private int told;

    @Inject
    DeathLog(Vertx vertx) {
        this(vertx, System::nanoTime);
    }

    DeathLog(Vertx vertx, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong() - MINUTE.toNanos();
    }

    @Override
    public void died(JobDeath death) {
        if (!death.queue().isPrivate() && mayTell(death)) {
            VertxInternals.inOwnContext(() -> tell(death));
        }
    }

    private synchronized boolean mayTell(JobDeath death) {
        long now = nanoTime.getAsLong();
        if (now - begun >= MINUTE.toNanos()) {
            tellLeftOut();
            begun = now;
            told = 0;
        }
        if (told < MOST_A_MINUTE) {
            told++;
            return true;
        }
        if (leftOut.isEmpty()) {
            // Nobody else may die for long.
            vertx.setTimer(MINUTE.toMillis(), fired -> tellLeftOut());
        }
        if (leftOut.size() < QueueLabels.MOST
                || leftOut.containsKey(death.queue().logical())) {
            leftOut.merge(death.queue().logical(), 1, Integer::sum);
        }
        return false;
    }

    private static void tell(JobDeath death) {
        Map<String, Object> fields = Map.of(
                "jobId", death.id().value(),
                "queue", death.queue().toString(),
                "handler", death.handler().value(),
                "attempt", death.attempt());
        fields.forEach(MDC::put);
        try {
            LOG.warnf(
                    "Job %s in queue %s is dead: handler %s, attempt %d, %s",
                    death.id(), death.queue(), death.handler(), death.attempt(), death.errorType());
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    synchronized void tellLeftOut() {
        if (leftOut.isEmpty()) {
            return;
        }
        int all = leftOut.values().stream().mapToInt(count -> count).sum();
        String queues = leftOut.entrySet().stream()
                .sorted(Map.Entry.<QueueName, Integer>comparingByValue().reversed())
                .limit(MOST_QUEUES)
                .map(each -> each.getKey() + " (" + each.getValue() + ")")
                .collect(Collectors.joining(", "));
        LOG.warnf("%d more jobs died within a minute and are not listed, most of them in queues %s", all, queues);
        leftOut.clear();
    }
}
