package io.mainstay.redis;

import io.netty.channel.Channel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Has the kernel drop what comes in on a connection before TCP sees it: data are not acknowledged and keep-alive probes not
 * answered, as where the network has lost the way. A socket filter of Linux does that, which takes no rights to set.
 */
final class PacketLoss {

    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SIZE_OF_SOCK_FPROG = 16;
    private static final RawUnixChannelOption FILTER =
            new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, SO_ATTACH_FILTER, SIZE_OF_SOCK_FPROG);

    /** {@code BPF_RET | BPF_K}, no jumps, and the number of bytes to keep: none. */
    private static final ByteBuffer KEEP_NOTHING =
            direct(8).putShort((short) 6).putShort((short) 0).putInt(0).flip();

    private PacketLoss() {}

    static void on(NetSocket socket) {
        Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        ByteBuffer program = direct(SIZE_OF_SOCK_FPROG)
                .putShort(0, (short) 1)
                .putLong(Long.BYTES, Buffer.memoryAddress(KEEP_NOTHING));
        if (!channel.config().setOption(FILTER, program)) {
            throw new IllegalStateException(
                    "packets can be dropped on Linux alone, with its native transport of Netty");
        }
    }

    private static ByteBuffer direct(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}
