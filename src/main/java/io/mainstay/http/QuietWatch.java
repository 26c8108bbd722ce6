package io.mainstay.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Leaves some connections open for a while that nobody has a use for any more, to see whether their target sends anything after
 * its answers. State of the connection's event loop.
 */
final class QuietWatch extends ChannelDuplexHandler {

    private final QuietTargets targets;
    private final Supplier<ConnectionPhase> phase;
    private boolean used;
    /** While it is watched. */
    private SocketAddress target;

    /** @param phase of the connection */
    QuietWatch(QuietTargets targets, Supplier<ConnectionPhase> phase) {
        this.targets = targets;
        this.phase = phase;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        used |= message instanceof HttpRequest;
        super.write(context, message, promise);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
        SocketAddress address = context.channel().remoteAddress();
        if (!used || target != null || phase.get() != ConnectionPhase.IDLE || !targets.beginWatch(address)) {
            super.close(context, promise);
            return;
        }
        target = address;
        context.executor()
                .schedule(
                        () -> {
                            end(phase.get() == ConnectionPhase.IDLE);
                            context.close(promise);
                        },
                        targets.watch().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        end(false);
        super.channelInactive(context);
    }

    private void end(boolean quiet) {
        if (target != null) {
            targets.endWatch(target, quiet);
            target = null;
        }
    }
}
