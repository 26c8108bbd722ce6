package io.mainstay.redis;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WakeUps;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Wake-up hints through pub/sub, on a connection of its own that subscribes again whenever it ends. */
@Singleton
@Startup
class RedisWakeUps implements WakeUps {

    private static final Logger LOG = Logger.getLogger(RedisWakeUps.class);
    private static final long RESUBSCRIBE_MS = 250;

    private final ContextInternal context;
    private final Redis redis;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private int generation;
    private volatile boolean live;
    private volatile boolean closed;

    RedisWakeUps(Vertx vertx, Redis redis) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.redis = redis;
        context.runOnContext(ignored -> subscribe());
    }

    @Override
    public AutoCloseable listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public boolean live() {
        return live;
    }

    @PreDestroy
    void close() {
        closed = true;
    }

    private void subscribe() {
        if (closed) {
            return;
        }
        int attempt = ++generation;
        redis.connect()
                .onComplete(result -> context.execute(() -> {
                    if (result.succeeded()) {
                        subscribeOn(result.result(), attempt);
                    } else {
                        subscribeLater(attempt, result.cause());
                    }
                }));
    }

    private void subscribeOn(RedisConnection connection, int attempt) {
        connection
                .handler(this::deliver)
                .endHandler(ignored -> context.execute(() -> subscribeLater(attempt, null)))
                .exceptionHandler(error -> context.execute(() -> subscribeLater(attempt, error)));
        connection
                .send(Request.cmd(Command.SUBSCRIBE).arg(RedisKeys.WAKE_CHANNEL))
                .onSuccess(subscribed -> {
                    live = true;
                    listeners.forEach(Listener::missed);
                })
                .onFailure(error -> {
                    connection.close();
                    context.execute(() -> subscribeLater(attempt, error));
                });
    }

    /** An end and a failure may both be told of one connection: the first of them counts. */
    private void subscribeLater(int attempt, Throwable why) {
        if (attempt == generation && !closed) {
            generation++;
            live = false;
            listeners.forEach(Listener::missed);
            LOG.infof(why, "Wake-ups are down; polling goes on, subscribing again");
            context.setTimer(RESUBSCRIBE_MS, timer -> subscribe());
        }
    }

    private void deliver(Response message) {
        if (message == null
                || message.size() != 3
                || !"message".equals(message.get(0).toString())) {
            return;
        }
        try {
            QueueName queue = new QueueName(message.get(2).toString());
            listeners.forEach(listener -> listener.hint(queue));
        } catch (InvalidValueException e) {
            LOG.debugf("Ignored on %s: %s", RedisKeys.WAKE_CHANNEL, e.getMessage());
        }
    }
}
