package io.mainstay.redis;

import io.mainstay.events.ChangeFeed;
import io.mainstay.job.JobIds;
import io.mainstay.queue.StateChange;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * State changes through pub/sub. An instance that listens says so on a channel that every instance hears anyway, beside
 * its wake-ups, again every two seconds ({@link Listening}); whoever heard it in the last five publishes the changes it makes. So nobody
 * pays for what nobody hears, nothing is kept in Redis, and an instance that dies is forgotten by itself. Changes come on
 * a connection of their own, so that a flood of them cannot hold up wake-ups.
 */
@Singleton
class RedisChangeFeed implements ChangeFeed {

    private static final Duration BELIEVED_FOR = Duration.ofSeconds(5);
    private static final long CHECK_MS = 500;

    private final VertxInternal vertx;
    private final SubscriptionSource source;
    private final RedisCalls calls;
    private final WakeUpSettings settings;
    private final JobIds ids;
    private final ContextInternal context;
    private final ChangeSender sender;
    private final List<Listening> listenings = new CopyOnWriteArrayList<>();
    private volatile boolean wanted;
    /** On the loop, as the next. */
    private long wantedUntil;

    private boolean forgetting;

    RedisChangeFeed(
            Vertx vertx,
            SubscriptionSource source,
            RedisCalls calls,
            RedisWakeUps wakeUps,
            WakeUpConfig config,
            JobIds ids) {
        this.vertx = (VertxInternal) vertx;
        this.source = source;
        this.calls = calls;
        this.settings = WakeUpSettings.of(config);
        this.ids = ids;
        this.context = this.vertx.createEventLoopContext();
        this.sender = new ChangeSender(
                task -> context.runOnContext(ignored -> task.run()),
                text -> calls.publish(RedisKeys.EVENTS_CHANNEL, text));
        wakeUps.whenEventsWanted(this::wantedNow);
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public void tell(StateChange change) {
        sender.add(change);
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        Listening listening = new Listening(source, calls, listener, this::wantedNow);
        listenings.add(listening);
        listening.start(this.vertx.createEventLoopContext(), settings, ids.nextToken());
        return () -> {
            listenings.remove(listening);
            listening.close();
        };
    }

    void stop(@Observes ShutdownEvent event) {
        close();
    }

    @PreDestroy
    void close() {
        listenings.forEach(Listening::close);
        listenings.clear();
    }

    /** Any thread. */
    private void wantedNow() {
        // At once: whoever calls this may be about to rely on it.
        wanted = true;
        context.runOnContext(ignored -> {
            wantedUntil = System.nanoTime() + BELIEVED_FOR.toNanos();
            wanted = true;
            if (!forgetting) {
                forgetting = true;
                context.setPeriodic(CHECK_MS, this::forget);
            }
        });
    }

    private void forget(long timer) {
        if (System.nanoTime() - wantedUntil >= 0) {
            wanted = false;
            forgetting = false;
            context.owner().cancelTimer(timer);
        }
    }
}
