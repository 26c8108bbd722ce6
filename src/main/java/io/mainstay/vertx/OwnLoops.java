package io.mainstay.vertx;

import io.netty.channel.EventLoopGroup;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxThread;
import io.vertx.core.spi.transport.Transport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/**
 * Event loops in addition to those of Vert.x, for code that may block them: nothing else runs there. To such code they look
 * like any other event loop. Made when the first is asked for. Thread-safe.
 */
public final class OwnLoops implements AutoCloseable {

    /** Percent of its time that a loop may spend on sockets, as Vert.x has it. */
    private static final int IO_RATIO = 50;

    private final VertxInternal vertx;
    private final String name;
    private final int count;
    private EventLoopGroup group;
    private volatile List<Loop> loops = List.of();

    /** @param name begins those of the threads */
    public OwnLoops(Vertx vertx, String name, int count) {
        this.vertx = (VertxInternal) vertx;
        this.name = name;
        this.count = count;
    }

    /** The one with the least to do: while one is blocked, others are taken. */
    public Loop next() {
        List<Loop> all = loops.isEmpty() ? make() : loops;
        Loop least = all.get(0);
        for (Loop loop : all) {
            if (loop.undone.get() < least.undone.get()) {
                least = loop;
            }
        }
        return least;
    }

    /** How long the slowest has owed a turn; asking is what asks for the next one. */
    public Duration lag() {
        return loops.stream().map(Loop::lag).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** What is not begun will not be. Returns at once. */
    @Override
    public synchronized void close() {
        if (group != null) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            loops = List.of();
        }
    }

    private synchronized List<Loop> make() {
        if (group == null) {
            ClassLoader classes = Thread.currentThread().getContextClassLoader();
            AtomicInteger made = new AtomicInteger();
            group = vertx.transport()
                    .eventLoopGroup(
                            Transport.IO_EVENT_LOOP_GROUP,
                            count,
                            task -> thread(task, name + made.incrementAndGet()),
                            IO_RATIO);
            loops = StreamSupport.stream(group.spliterator(), false)
                    .map(loop -> new Loop(new ContextLoop(
                            vertx.createEventLoopContext((io.netty.channel.EventLoop) loop, null, classes))))
                    .toList();
        }
        return loops;
    }

    private Thread thread(Runnable task, String threadName) {
        Thread thread = new VertxThread(
                task, threadName, false, vertx.maxEventLoopExecTime(), vertx.maxEventLoopExecTimeUnit());
        thread.setDaemon(true);
        return thread;
    }

    /** One of them. Thread-safe. */
    public static final class Loop {

        private final EventLoop loop;
        /** Tasks that were not begun, or are blocked. */
        private final AtomicInteger undone = new AtomicInteger();
        /** When a turn was asked for that has not come; 0 if none was. */
        private final AtomicLong asked = new AtomicLong();

        private Loop(EventLoop loop) {
            this.loop = loop;
        }

        /** Runs the task there, after those before it. */
        public void execute(Runnable task) {
            undone.incrementAndGet();
            loop.later(() -> {
                try {
                    task.run();
                } finally {
                    undone.decrementAndGet();
                }
            });
        }

        /** The same with context locals of its own. */
        public void executeApart(Runnable task) {
            execute(() -> loop.inOwnContext(task));
        }

        private Duration lag() {
            long now = System.nanoTime();
            if (asked.compareAndSet(0, now)) {
                loop.later(() -> asked.set(0));
            }
            long since = asked.get();
            return since == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
        }
    }
}
