package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.ErrorReply;
import io.mainstay.redis.connection.LinkLostException;
import io.mainstay.vertx.EventLoop;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One generation of the subscription: one connection, used for nothing else and never again once it ended. Confined to
 * its event loop.
 *
 * <p>The client's SUBSCRIBE succeeds when it is written; what Redis thinks of it comes as a message, which is waited for
 * here. Nothing but SUBSCRIBE is ever sent: client 4.5 gives a message that comes in while a command waits to that
 * command as its answer. An echo is therefore one more SUBSCRIBE to what is subscribed already, which Redis
 * acknowledges and which changes nothing.
 */
final class Subscription {

    /** Told on the event loop. */
    interface Receiver {

        /** Redis is there: something came in. */
        void heard(Subscription from);

        void message(Subscription from, String channel, String text);

        /** It ended by itself, once, after it was open; {@code cause} may be null. */
        void ended(Subscription from, String why, Throwable cause);
    }

    private static final Logger LOG = Logger.getLogger(Subscription.class);

    private final EventLoop loop;
    private final List<String> channels;
    private final List<String> extras;
    private final Receiver receiver;
    private final Promise<Subscription> opened = Promise.promise();
    private final Set<String> unacknowledged;
    private RedisConnection connection;
    private boolean over;

    /**
     * @param channels it is open when all of them are acknowledged
     * @param extras channels that may be refused
     */
    Subscription(EventLoop loop, List<String> channels, List<String> extras, Receiver receiver) {
        this.loop = loop;
        this.channels = channels;
        this.extras = extras;
        this.receiver = receiver;
        this.unacknowledged = new HashSet<>(channels);
    }

    /** To be called once. Fails if Redis refuses, or it is abandoned before; has no time-out of its own. */
    Future<Subscription> open(Supplier<Future<RedisConnection>> connect) {
        connect.get().onComplete(result -> loop.execute(() -> connected(result)));
        return opened.future();
    }

    /** Asks Redis to be {@link Receiver#heard}. */
    void echo() {
        subscribe(channels);
    }

    /** Whether it ended or was abandoned. */
    boolean over() {
        return over;
    }

    /** Ends it without a word to the receiver. */
    void abandon() {
        if (over) {
            return;
        }
        over = true;
        opened.tryFail(new LinkLostException("the subscription was abandoned", null));
        if (connection != null) {
            connection.close();
        }
    }

    private void connected(AsyncResult<RedisConnection> result) {
        if (result.failed()) {
            end("connecting failed", result.cause());
        } else if (over) {
            result.result().close();
        } else {
            connection = result.result();
            connection
                    .handler(message -> loop.execute(() -> take(message)))
                    .endHandler(ignored -> loop.execute(() -> end("its connection was closed", null)))
                    .exceptionHandler(error -> loop.execute(() -> end("its connection failed", error)));
            subscribe(channels);
        }
    }

    private void subscribe(List<String> names) {
        Request request = Request.cmd(Command.SUBSCRIBE);
        names.forEach(request::arg);
        connection.send(request).onFailure(error -> loop.execute(() -> end("its connection accepts nothing", error)));
    }

    private void take(Response message) {
        if (over || message == null) {
            return;
        }
        receiver.heard(this);
        if (message.type() == ResponseType.ERROR) {
            refused(ErrorReply.asThrowable(message));
        } else if ((message.type() == ResponseType.PUSH || message.type() == ResponseType.MULTI)
                && message.size() >= 3) {
            take(message.get(0).toString(), String.valueOf(message.get(1)), message.get(2));
        }
    }

    private void take(String kind, String channel, Response content) {
        if ("message".equals(kind)) {
            receiver.message(this, channel, String.valueOf(content));
        } else if ("subscribe".equals(kind)) {
            acknowledged(channel);
        } else if ("unsubscribe".equals(kind)) {
            // Never asked for here, so the server, or something in between, did it.
            end("Redis unsubscribed it from " + channel, null);
        }
    }

    private void acknowledged(String channel) {
        if (unacknowledged.remove(channel) && unacknowledged.isEmpty()) {
            opened.tryComplete(this);
            extras.forEach(extra -> subscribe(List.of(extra)));
        }
    }

    private void refused(Throwable answer) {
        if (opened.future().isComplete()) {
            // To an extra channel or an echo. What was acknowledged before stays subscribed; the canary tells.
            LOG.debugf("Refused on a subscription that is open: %s", answer.getMessage());
        } else {
            end("Redis refused it", answer);
        }
    }

    private void end(String why, Throwable cause) {
        if (over) {
            return;
        }
        boolean wasOpen = opened.future().succeeded();
        abandon(why, cause);
        if (wasOpen) {
            receiver.ended(this, why, cause);
        }
    }

    private void abandon(String why, Throwable cause) {
        opened.tryFail(new LinkLostException(cause == null ? why : why + ": " + cause.getMessage(), cause));
        abandon();
    }
}
