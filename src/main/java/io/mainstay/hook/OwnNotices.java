package io.mainstay.hook;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.queue.handlers.HoldObserver;
import io.mainstay.queue.health.StallObserver;
import io.mainstay.queue.names.InstanceName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Notices of what this instance has seen, which no script knows: that it stalled, that a handler is held. They wait here until they are
 * enqueued, so an instance that ends before tells nobody that it stalled; a hold is told by every instance that hears of it, as one notice.
 * Thread-safe.
 */
@Singleton
class OwnNotices implements HoldObserver, StallObserver {

    private static final Logger LOG = Logger.getLogger(OwnNotices.class);
    private static final int MOST = 100;
    /** An instance that starts hears of holds of any age; others have told of older ones. */
    private static final Duration OLDEST_HOLD = Duration.ofHours(1);

    private final KnownHooks hooks;
    private final NoticeSender sender;
    private final HookMeters meters;
    private final String instance;
    private final Clock clock;
    private final Deque<Notice> waiting = new ArrayDeque<>();
    private volatile Runnable onNotice = () -> {};

    @Inject
    OwnNotices(KnownHooks hooks, NoticeSender sender, HookMeters meters, InstanceName instance, Clock clock) {
        this(hooks, sender, meters, instance.value(), clock);
    }

    OwnNotices(KnownHooks hooks, NoticeSender sender, HookMeters meters, String instance, Clock clock) {
        this.hooks = hooks;
        this.sender = sender;
        this.meters = meters;
        this.instance = instance;
        this.clock = clock;
    }

    /** Is to have them sent soon; must return at once. */
    void onNotice(Runnable task) {
        onNotice = task;
    }

    @Override
    public void held(HandlerName handler, QueueName queue, Hold hold) {
        if (hold.since().isBefore(clock.instant().minus(OLDEST_HOLD))) {
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("handler", handler.value());
        if (queue != null) {
            facts.put("queue", queue.value());
        }
        facts.put("reason", hold.byHand() ? "by-hand" : "failures");
        if (!hold.byHand()) {
            facts.put("failed", hold.failed());
        }
        String key = handler + "\n" + hold.since().toEpochMilli();
        add(new Notice(HookEvent.HANDLER_HELD, hold.since(), key, queue == null ? List.of() : List.of(queue), facts));
    }

    @Override
    public void resumed(HandlerName handler, QueueName queue) {
        // No event of hooks.
    }

    @Override
    public void stalled(String reason, Duration lasting) {
        add(HookEvent.STALLED, reason, lasting);
    }

    @Override
    public void recovered(String reason, Duration lasted) {
        add(HookEvent.RECOVERED, reason, lasted);
    }

    private void add(HookEvent event, String reason, Duration stalled) {
        Instant now = clock.instant();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("instance", instance);
        facts.put("reason", reason);
        facts.put("stalledMs", stalled.toMillis());
        add(new Notice(event, now, instance + "\n" + now, List.of(), facts));
    }

    private void add(Notice notice) {
        synchronized (this) {
            waiting.addLast(notice);
            if (waiting.size() > MOST) {
                waiting.removeFirst();
                meters.dropped(1);
            }
        }
        onNotice.run();
    }

    /** To be called once hooks are known as they are. Completes when none waits any more. Never fails: what could not be enqueued stays. */
    Uni<Void> send() {
        List<Notice> all;
        synchronized (this) {
            all = List.copyOf(waiting);
        }
        if (all.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sender.send(all, hooks)
                .invoke(() -> forget(all))
                .onFailure()
                .invoke(failure -> LOG.debug("notices of this instance left to the next round", failure))
                .onFailure()
                .recoverWithNull();
    }

    private synchronized void forget(List<Notice> sent) {
        waiting.removeAll(sent);
    }
}
