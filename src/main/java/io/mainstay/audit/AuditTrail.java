package io.mainstay.audit;

import io.mainstay.job.JobIds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Takes records: each is in the log when {@link #add} returns, and on its way to the store. The log is what counts: a record that the
 * store does not take is in the log nevertheless, and holds up no answer.
 */
@Singleton
class AuditTrail {

    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final long LONGEST_END_SECONDS = 2;

    private final Map<AuditKind, AuditSender> senders = new EnumMap<>(AuditKind.class);
    private final AuditConfig config;
    private final Counter dropped;

    AuditTrail(AuditStore store, AuditConfig config, JobIds ids, Vertx vertx, MeterRegistry registry) {
        this.config = config;
        for (AuditKind kind : AuditKind.values()) {
            senders.put(kind, new AuditSender(kind, store, ids.nextToken(), config.maxRecords(), vertx));
        }
        this.dropped = Counter.builder("mainstay.audit.dropped")
                .description("Audit records that are only in the log, because Redis did not accept them in time")
                .register(registry);
    }

    void check(@Observes StartupEvent event) {
        AuditConfig.check(config);
    }

    void add(AuditKind kind, AuditRecord record) {
        AuditLog.write(kind, record);
        if (!senders.get(kind).offer(record)) {
            dropped.increment();
        }
    }

    /** What is on its way gets some time to arrive. */
    void stop(@Observes ShutdownEvent event) {
        CompletableFuture<?>[] all =
                senders.values().stream().map(AuditSender::idle).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(all).get(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Some audit records are only in the log: Redis did not accept them");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
