package io.mainstay.redis.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Counts the bytes of one connection, after TLS has taken off its own. Counted on the connection's event loop, read there too;
 * only {@link #receivedAt()} may be read by any thread.
 */
final class TrafficCounter extends ChannelDuplexHandler {

    private long received;
    private long sent;
    private volatile long receivedAt = System.nanoTime();

    /** Bytes that came in so far. */
    long received() {
        return received;
    }

    /** Bytes that went out so far. */
    long sent() {
        return sent;
    }

    /** When the latest bytes came in, or, before there were any, when it was made; of {@link System#nanoTime()}. */
    long receivedAt() {
        return receivedAt;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            received += bytes.readableBytes();
            receivedAt = System.nanoTime();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            sent += bytes.readableBytes();
        }
        context.write(message, promise);
    }
}
