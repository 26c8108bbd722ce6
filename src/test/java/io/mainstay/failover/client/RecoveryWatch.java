package io.mainstay.failover.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Has a client write and listen, before a fault and after it. */
public final class RecoveryWatch {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GLANCE_MS = 100;
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final ClientUnderTest client;
    private final Inbox inbox;
    private final Consumer<String> publish;

    /** @param publish publishes a message on {@link ClientUnderTest#CHANNEL}, by another way than the client's */
    public RecoveryWatch(ClientUnderTest client, Inbox inbox, Consumer<String> publish) {
        this.client = client;
        this.inbox = inbox;
        this.publish = publish;
    }

    public void awaitWorking() {
        Awaitility.await("the client works before the fault").until(() -> {
            publish.accept(BEFORE);
            return inbox.first(BEFORE).isDone() && client.writes();
        });
    }

    /** Each on a thread of its own: a write that waits for its time-out keeps no message from being published. */
    public Recovery awaitRecovery(Instant answerable) {
        CompletableFuture<Instant> written = new CompletableFuture<>();
        CompletableFuture<Instant> heard = inbox.first(AFTER);
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        try {
            repeat(threads, () -> publish.accept(AFTER));
            repeat(threads, () -> {
                if (client.writes()) {
                    written.complete(Instant.now());
                }
            });
            Awaitility.await().atMost(PATIENCE).until(() -> written.isDone() && heard.isDone());
        } catch (ConditionTimeoutException never) {
            // What did not come is null.
        } finally {
            threads.shutdownNow();
        }
        return new Recovery(since(answerable, written), since(answerable, heard));
    }

    private static void repeat(ScheduledExecutorService threads, Runnable task) {
        threads.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // Caught, or it would not be repeated.
                        if (!threads.isShutdown()) {
                            System.err.println("tried again: " + e);
                        }
                    }
                },
                0,
                GLANCE_MS,
                TimeUnit.MILLISECONDS);
    }

    private static Double since(Instant start, CompletableFuture<Instant> end) {
        return end.isDone() ? Duration.between(start, end.join()).toMillis() / 1000.0 : null;
    }
}
