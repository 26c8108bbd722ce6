package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Wake-ups that come when a test says so. */
public final class WakeUpsByHand implements WakeUps {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean live = true;

    @Override
    public AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public boolean live() {
        return live;
    }

    public void hint(QueueName queue) {
        hint(queue, Set.of());
    }

    public void hint(QueueName queue, Set<HandlerName> handlers) {
        listeners.forEach(listener -> listener.hint(queue, handlers));
    }

    public void cancelled(QueueName queue, JobId id) {
        listeners.forEach(listener -> listener.cancelled(queue, List.of(id)));
    }

    /** The subscription is lost (false) or back. */
    public void live(boolean now) {
        live = now;
        listeners.forEach(Listener::missed);
    }
}
