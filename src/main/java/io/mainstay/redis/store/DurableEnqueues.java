package io.mainstay.redis.store;

import io.mainstay.job.Durability;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.NotDurableException;
import io.mainstay.redis.connection.ErrorReply;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLink;
import io.mainstay.redis.connection.RedisLinks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs the enqueue script and waits until its writes are safe. WAIT speaks only of what its own connection wrote, hence
 * all commands go on one, and a repeat that finds its jobs there writes too: the same field to the same value, which
 * replicas get as well. WAIT blocks its connection, hence a link that nothing else uses.
 */
final class DurableEnqueues {

    /** Redis notices the end of a wait at its next tick, up to 100 ms later. */
    private static final Duration TICK = Duration.ofMillis(200);

    private static final Command WAITAOF = Command.create("waitaof");

    private final RedisLinks links;
    private final RedisCalls calls;
    private final DurabilityConfig config;

    DurableEnqueues(RedisLinks links, RedisCalls calls, DurabilityConfig config) {
        this.links = links;
        this.calls = calls;
        this.config = config;
    }

    /** How long {@link #run} takes at most. */
    Duration timeout() {
        return calls.timeout().plus(config.timeout());
    }

    /**
     * @param args asked for again for each try
     * @return the script's answer; what was asked is reached then
     */
    Uni<Response> run(Durability asked, RedisKeys queue, List<String> keys, Supplier<List<String>> args) {
        return calls.call(
                () -> links.durable(keys.get(0)), link -> attempt(link, asked, queue, keys, args.get()), timeout());
    }

    private Future<Response> attempt(
            RedisLink link, Durability asked, RedisKeys queue, List<String> keys, List<String> args) {
        Future<Void> possible = asked == Durability.FSYNC ? hasWaitAof(link) : Future.succeededFuture();
        return possible.compose(
                        ok -> calls.evaluate(Script.ENQUEUE, keys, args, script -> send(link, asked, queue, script)))
                .map(answers -> reached(asked, answers));
    }

    /** Asked before anything is written: afterwards the job would be there although the request was refused. */
    private static Future<Void> hasWaitAof(RedisLink link) {
        return link.send(Request.cmd(Command.COMMAND).arg("INFO").arg("WAITAOF"))
                .compose(known -> known.size() == 0 || known.get(0) == null
                        ? Future.failedFuture(new InvalidValueException(
                                "durability",
                                "fsync",
                                "memory or replica: this Redis has no WAITAOF (needs 7.2 or newer)"))
                        : Future.succeededFuture());
    }

    private Future<List<Response>> send(RedisLink link, Durability asked, RedisKeys queue, Request script) {
        Request touch =
                Request.cmd(Command.HSET).arg(queue.meta()).arg("durable").arg("1");
        long timeoutMs = config.timeout().toMillis();
        Request wait = asked == Durability.FSYNC
                ? Request.cmd(WAITAOF).arg(1).arg(0).arg(timeoutMs)
                : Request.cmd(Command.WAIT).arg(config.replicas()).arg(timeoutMs);
        return link.sendTogether(List.of(script, touch, wait), config.timeout().plus(TICK))
                .recover(error -> {
                    boolean noFile = asked == Durability.FSYNC
                            && ErrorReply.of(error)
                                    .filter(said -> said.contains("appendonly"))
                                    .isPresent();
                    return Future.failedFuture(
                            noFile ? new NotDurableException(asked, "Redis has no append-only file", error) : error);
                });
    }

    private Response reached(Durability asked, List<Response> answers) {
        Response wait = answers.get(2);
        int reached = asked == Durability.FSYNC ? wait.get(0).toInteger() : wait.toInteger();
        int wanted = asked == Durability.FSYNC ? 1 : config.replicas();
        if (reached < wanted) {
            throw new NotDurableException(
                    asked,
                    "%d of %d %s".formatted(reached, wanted, asked == Durability.FSYNC ? "disks" : "replicas"),
                    null);
        }
        return answers.get(0);
    }
}
