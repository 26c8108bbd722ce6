package io.mainstay.redis;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One way through a connection, of so many bytes a second. What does not fit yet keeps its source from sending more. Confined to
 * the event loop of its source.
 */
final class ShapedPipe {

    private static final long TICK_MS = 10;
    private static final int FULL = 64 << 10;

    private final Vertx vertx;
    private final NetSocket source;
    private final LongSupplier bytesPerSecond;
    private final Consumer<Buffer> out;
    private Buffer held = Buffer.buffer();
    private double allowance;
    private boolean ticking;

    /** @param bytesPerSecond asked again and again; 0 for no limit */
    ShapedPipe(Vertx vertx, NetSocket source, LongSupplier bytesPerSecond, Consumer<Buffer> out) {
        this.vertx = vertx;
        this.source = source;
        this.bytesPerSecond = bytesPerSecond;
        this.out = out;
    }

    void take(Buffer data) {
        if (bytesPerSecond.getAsLong() == 0 && !ticking) {
            out.accept(data);
            return;
        }
        held.appendBuffer(data);
        if (held.length() > FULL) {
            source.pause();
        }
        if (!ticking) {
            ticking = true;
            vertx.setPeriodic(TICK_MS, this::tick);
        }
    }

    private void tick(long timer) {
        long rate = bytesPerSecond.getAsLong();
        allowance += rate * TICK_MS / 1000.0;
        int now = rate == 0 ? held.length() : (int) Math.min(held.length(), allowance);
        if (now > 0) {
            allowance -= now;
            out.accept(held.getBuffer(0, now));
            held = held.getBuffer(now, held.length());
        }
        if (held.length() <= FULL) {
            source.resume();
        }
        if (held.length() == 0) {
            allowance = 0;
            ticking = false;
            vertx.cancelTimer(timer);
        }
    }
}
