package io.mainstay.redis;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Stands between client and Redis on loopback and does what networks do. */
public final class FaultyProxy implements AutoCloseable {

    private final class Pair {
        private final NetSocket client;
        private NetSocket server;
        private ShapedPipe requests;
        private ShapedPipe answers;
        private final Queue<Buffer> late = new ConcurrentLinkedQueue<>();
        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong answered = new AtomicLong();
        private volatile boolean silent;
        private volatile boolean subscription;

        Pair(NetSocket client) {
            this.client = client;
        }

        void fromClient(Buffer data) {
            if (answered.getAndSet(0) > 0) {
                asked.set(0);
            }
            largestRequest.accumulate(asked.addAndGet(data.length()));
            subscription |= data.toString().contains("subscribe");
            if (!silent) {
                requests.take(data);
            }
        }

        void connected(NetSocket server) {
            this.server = server;
            requests = new ShapedPipe(vertx, client, () -> requestRate, server::write);
            answers = new ShapedPipe(vertx, server, () -> answerRate, this::toClient);
            server.handler(this::fromServer).closeHandler(ignored -> client.close());
            client.handler(this::fromClient).resume();
        }

        private void toClient(Buffer data) {
            if (!silent) {
                delivered.addAndGet(data.length());
                client.write(data);
            }
        }

        void fromServer(Buffer data) {
            largestAnswer.accumulate(answered.addAndGet(data.length()));
            if (holding) {
                held.add(() -> fromServer(data));
                return;
            }
            if (silent) {
                return;
            }
            if (answersToLose.get() > 0 && answersToLose.getAndDecrement() > 0) {
                // Redis did it, nobody hears of it.
                client.close();
            } else if (delayMs > 0 || !late.isEmpty()) {
                late.add(data);
                vertx.setTimer(Math.max(1, delayMs), timer -> client.write(late.remove()));
            } else if (swallowing && subscription) {
                client.write(Buffer.buffer(MESSAGE.matcher(data.toString()).replaceAll("")));
            } else {
                answers.take(data);
            }
        }

        void close() {
            client.close();
            if (server != null) {
                server.close();
            }
        }
    }

    /** As Redis sends them to subscribers, in RESP2 or RESP3. */
    private static final Pattern MESSAGE =
            Pattern.compile("[*>]3\\r\\n\\$7\\r\\nmessage\\r\\n\\$\\d+\\r\\n[^\\r]*\\r\\n\\$\\d+\\r\\n[^\\r]*\\r\\n");

    /** With sockets that have all options of the system, where there are such; see {@link #dropPackets}. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answersToLose = new AtomicInteger();
    private final NetClient outward = vertx.createNetClient();
    private final NetServer inward;
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private volatile boolean holding;
    private volatile boolean refusing;
    private volatile int redisPort;
    private volatile boolean stranding;
    private volatile long delayMs;
    private volatile boolean swallowing;
    private volatile long requestRate;
    private volatile long answerRate;
    private final AtomicLong delivered = new AtomicLong();
    private final LongAccumulator largestRequest = new LongAccumulator(Math::max, 0);
    private final LongAccumulator largestAnswer = new LongAccumulator(Math::max, 0);
    private final AtomicInteger accepted = new AtomicInteger();

    public FaultyProxy(int redisPort) {
        this.redisPort = redisPort;
        inward = await(vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    }

    public String address() {
        return "redis://127.0.0.1:" + inward.actualPort();
    }

    /** Lets that many answers get lost, each with its connection, after Redis did what was asked. */
    public void loseAnswers(int count) {
        answersToLose.set(count);
    }

    /** Swallows everything on the connections there are, both ways, without closing them; new ones work. */
    public void blackHoleConnections() {
        pairs.forEach(pair -> pair.silent = true);
    }

    /** The same, and nothing that clients send on them is acknowledged, as if their packets got lost. Linux alone can do that. */
    public void dropPackets() {
        blackHoleConnections();
        pairs.forEach(pair -> PacketLoss.on(pair.client));
    }

    /** Swallows everything on connections that have subscribed alone. */
    public void blackHoleSubscriptions() {
        subscriptions().forEach(pair -> pair.silent = true);
    }

    /** Swallows published messages and nothing else, on all connections, new ones too, until told not to. */
    public void swallowMessages(boolean swallow) {
        swallowing = swallow;
    }

    /** Sends to connections that have subscribed, as if Redis did. */
    public void sendToSubscribers(String bytes) {
        subscriptions().forEach(pair -> pair.client.write(bytes));
    }

    /** Connections taken so far. */
    public int accepted() {
        return accepted.get();
    }

    /** Keeps all answers back, those of new connections too, until told not to; then they arrive in their order. */
    public void holdAnswers(boolean hold) {
        holding = hold;
        if (!hold) {
            for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
                answer.run();
            }
        }
    }

    /** Closes all connections and, while {@code refusing}, every new one. */
    public void refuse(boolean refusing) {
        this.refusing = refusing;
        if (refusing) {
            pairs.forEach(Pair::close);
        }
    }

    /** Closes the connections there are; new ones work. */
    public void cutConnections() {
        pairs.forEach(Pair::close);
    }

    /**
     * Closes the connections there are and, while {@code strand}, takes new ones that nothing ever comes back on, as a
     * load balancer before a dead node does.
     */
    public void strandConnections(boolean strand) {
        stranding = strand;
        if (strand) {
            cutConnections();
        }
    }

    /** Brings every answer later by so much; zero for no delay. */
    public void delayAnswers(Duration delay) {
        delayMs = delay.toMillis();
    }

    /** Lets so many bytes of answers through a second, on each connection, also new ones; 0 for no limit. */
    public void shapeAnswers(long bytesPerSecond) {
        answerRate = bytesPerSecond;
    }

    /** The same for requests. */
    public void shapeRequests(long bytesPerSecond) {
        requestRate = bytesPerSecond;
    }

    /** Bytes of answers that clients were sent so far, but for late ones. */
    public long delivered() {
        return delivered.get();
    }

    /** Most bytes that came from a client between two answers: of one request, if it sends one after the other. */
    public long largestRequest() {
        return largestRequest.get();
    }

    /** Most bytes that came from Redis between two requests: of one answer, if they are sent one after the other. */
    public long largestAnswer() {
        return largestAnswer.get();
    }

    /** Begins to measure those from here. */
    public void forgetSizes() {
        largestRequest.reset();
        largestAnswer.reset();
    }

    /** Leads new connections to another Redis: the address stays, what is behind it changes. */
    public void leadTo(int redisPort) {
        this.redisPort = redisPort;
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private Stream<Pair> subscriptions() {
        return pairs.stream().filter(pair -> pair.subscription);
    }

    private void accept(NetSocket client) {
        accepted.incrementAndGet();
        if (refusing) {
            client.close();
            return;
        }
        Pair pair = new Pair(client.pause());
        pairs.add(pair);
        client.closeHandler(ignored -> {
            pairs.remove(pair);
            pair.close();
        });
        if (stranding) {
            return;
        }
        outward.connect(redisPort, "127.0.0.1")
                .onFailure(away -> client.close())
                .onSuccess(pair::connected);
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
