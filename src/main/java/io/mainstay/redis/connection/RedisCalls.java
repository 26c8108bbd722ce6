package io.mainstay.redis.connection;

import io.mainstay.health.LinkKind;
import io.mainstay.job.StoreFullException;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Calls Redis until it answers, within bounds. Every call may be repeated (scripts are written for it), so a lost
 * answer is simply asked for again, on whichever connection is then good.
 *
 * <p>The first try is made without {@link CallPolicy}: nearly all calls need no other, and the guard costs about 1 µs
 * and its objects (measured 1.2 µs a call with it, 0.4 µs without). The call time-out runs from the first try on.
 */
public class RedisCalls {

    private static final Logger LOG = Logger.getLogger(RedisCalls.class);
    private static final long BETWEEN_COMPLAINTS = TimeUnit.MINUTES.toNanos(1);

    private final StoreName store;
    private final RedisLinks links;
    private final CallPolicy policy;
    private final StoreGate gate;
    private final Duration timeout;
    private final AtomicLong complainedAt = new AtomicLong(System.nanoTime() - BETWEEN_COMPLAINTS);

    public RedisCalls(StoreName store, RedisLinks links, StoreGate gate, RedisConfig config) {
        this.store = store;
        this.links = links;
        this.policy = new CallPolicy(store);
        this.gate = gate;
        this.timeout = config.callTimeout();
    }

    /** Of a call, at most. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * Runs a script.
     *
     * @return its answer, or {@link StoreUnavailableException} once the call time-out has passed, or
     *     {@link StoreFullException} at once. An answer that is coming in is waited for longer, see {@link LinkLimits}. If that of
     *     a script that claims is cut in the middle, the exception comes at once and {@linkplain
     *     StoreUnavailableException#cutMidAnswer() says so}: the same again may well be too large again
     */
    public Uni<Response> run(LuaScript script, List<String> keys, List<String> args) {
        return call(
                () -> links.current(script.link(), keys.get(0)),
                script.link() == LinkKind.CLAIMS
                        ? link -> evaluate(script, keys, args, link::send).recover(RedisCalls::unlessCut)
                        : link -> evaluate(script, keys, args, link::send),
                timeout);
    }

    /** The same with arguments that are asked for again for each try. */
    public Uni<Response> run(LuaScript script, List<String> keys, Supplier<List<String>> args) {
        return call(
                () -> links.current(script.link(), keys.get(0)),
                link -> evaluate(script, keys, args.get(), link::send),
                timeout);
    }

    /**
     * Runs a plain command about one key, its first argument; it must be one that may be repeated.
     *
     * @param kind of the link that it is sent on
     */
    public Uni<Response> run(LinkKind kind, Command command, String... args) {
        return call(() -> links.current(kind, args[0]), link -> link.send(request(command, args)), timeout);
    }

    /** Tells whoever listens on a channel, by way of one shard. */
    public Uni<Response> publish(Shard by, String channel, String message) {
        return call(() -> links.of(by), link -> link.send(request(Command.PUBLISH, channel, message)), timeout);
    }

    /** Tells whoever listens on a channel. That this is forbidden is told by the inspection and not here, message by message. */
    public Uni<Response> publish(String channel, String message) {
        return call(
                () -> links.anywhere(LinkKind.WRITES),
                link -> link.send(request(Command.PUBLISH, channel, message)),
                timeout,
                false);
    }

    /**
     * Tries until it is answered. Each subscription of what this returns is a call of its own.
     *
     * @param route asked for each attempt, which is bounded by itself
     * @param limit after which no other attempt is made, and none waited for that nothing comes in for
     */
    public Uni<Response> call(
            Supplier<RedisLink> route, Function<RedisLink, Future<Response>> attempt, Duration limit) {
        return call(route, attempt, limit, true);
    }

    private Uni<Response> call(
            Supplier<RedisLink> route,
            Function<RedisLink, Future<Response>> attempt,
            Duration limit,
            boolean complaining) {
        return Uni.createFrom().deferred(() -> {
            long deadline = System.nanoTime() + limit.toNanos();
            Tries tries = new Tries(route, attempt);
            return UniHelper.toUni(tries.next())
                    .onFailure(CallPolicy::mayRepeat)
                    .recoverWithUni(() -> policy.repeat(tries::next, deadline, tries::receiving))
                    .onFailure()
                    .transform(error -> asCallersSeeIt(error, tries.cut, complaining));
        });
    }

    /** Sends a script once, by its digest, and with its text to a Redis that does not have it. */
    public <T> Future<T> evaluate(
            LuaScript script, List<String> keys, List<String> args, Function<Request, Future<T>> connection) {
        List<String> declared = declared(keys);
        Future<T> answer = connection.apply(evaluation(Command.EVALSHA, script.sha(), declared, args));
        if (gate.writes().refusing()) {
            answer = answer.onSuccess(taken -> gate.writes().took(script));
        }
        return answer.recover(error -> {
            if (RetryDecision.of(error) != RetryDecision.RETRY_HERE) {
                gate.writes().failed(script, error);
                return Future.failedFuture(error);
            }
            // A Redis that never saw this script, or one that was restarted behind a connection that stayed.
            gate.doubt();
            return connection.apply(evaluation(Command.EVAL, script.text(), declared, args));
        });
    }

    /** The tries of one call, one after the other, if this instance works with Redis. */
    private final class Tries {

        private final Supplier<RedisLink> route;
        private final Function<RedisLink, Future<Response>> attempt;
        private volatile RedisLink link;
        private volatile Future<Response> latest;
        /** Whether the latest that failed was cut in the middle of its answer. */
        private volatile boolean cut;

        Tries(Supplier<RedisLink> route, Function<RedisLink, Future<Response>> attempt) {
            this.route = route;
            this.attempt = attempt;
        }

        Future<Response> next() {
            if (!gate.open()) {
                return Future.failedFuture(gate.why());
            }
            link = route.get();
            latest = attempt.apply(link);
            return latest.onFailure(this::failed);
        }

        /** Whether the latest waits for its answer and that, or one before it, is coming in. */
        boolean receiving() {
            Future<Response> asked = latest;
            return asked != null && !asked.isComplete() && link.receiving();
        }

        private void failed(Throwable error) {
            cut = LinkLostException.cutMidAnswer(error);
            if (RetryDecision.of(error) == RetryDecision.REROUTE) {
                links.refreshTopology();
            }
        }
    }

    private static Future<Response> unlessCut(Throwable error) {
        return Future.failedFuture(LinkLostException.cutMidAnswer(error) ? unavailable(error, true) : error);
    }

    private static StoreUnavailableException unavailable(Throwable error, boolean cut) {
        return new StoreUnavailableException("the job store does not answer", error, cut);
    }

    private Throwable asCallersSeeIt(Throwable error, boolean cut, boolean complaining) {
        if (ErrorReply.has(error, ErrorReply.OUT_OF_MEMORY)) {
            return new StoreFullException("the job store is full", error);
        }
        RetryDecision decision = RetryDecision.of(error);
        if (complaining && decision == RetryDecision.STOP) {
            complain(error);
        }
        return decision == RetryDecision.TELL_CALLER ? error : unavailable(error, cut);
    }

    /** Only somebody who can change how Redis is set up can help, and every call meets it. */
    private void complain(Throwable error) {
        long last = complainedAt.get();
        long now = System.nanoTime();
        if (now - last >= BETWEEN_COMPLAINTS && complainedAt.compareAndSet(last, now)) {
            LOG.error(store.about("Redis refuses what Mainstay needs: " + error.getMessage()));
        }
    }

    /** The keys of a script as Redis is to know them. */
    protected List<String> declared(List<String> keys) {
        if (!links.clustered()) {
            return keys;
        }
        List<String> guarded = new ArrayList<>(keys);
        guarded.add(neverThere(keys.get(0)));
        return guarded;
    }

    /**
     * A key in the slot of {@code key} that never exists. A script that declares it is refused as a whole while the slot
     * moves from one node of a cluster to another, when some keys are here and some are there. Without it, the script
     * would begin, and fail on the first key that is gone, with half of its work done.
     *
     * @param key with a hash tag
     */
    private static String neverThere(String key) {
        return key.substring(0, key.indexOf('}') + 1) + ":never";
    }

    private static Request request(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        return request;
    }

    public static Request evaluation(Command command, String script, List<String> keys, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }
}
