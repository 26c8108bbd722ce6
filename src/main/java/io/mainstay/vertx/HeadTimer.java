package io.mainstay.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose next request does not come: its line and headers must be there within a time, the first one's from the
 * moment that the connection was accepted, any other's from its first byte. Between requests, and while a body comes or an answer is
 * awaited, it does not run. For the connection's event loop.
 */
public final class HeadTimer {

    private final Duration limit;
    private Future<?> running;

    public HeadTimer(Duration limit) {
        this.limit = limit;
    }

    /** The connection was accepted, or part of a head is there. No matter if it runs already. */
    public void begin(ChannelHandlerContext context) {
        if (running == null) {
            // By the channel: whoever began this may have left its pipeline by then.
            running = context.executor()
                    .schedule(() -> context.channel().close(), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The head is there, or there will be none. */
    public void end() {
        if (running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
