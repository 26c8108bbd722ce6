package io.mainstay.redis.store;

import io.mainstay.redis.connection.LuaScript;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.StoreGate;
import io.mainstay.redis.connection.StoreName;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Calls of a Redis whose clock steps, and that starts anew. Nobody can set the clock of a real one, so once it has stepped, scripts are sent with their
 * reading of it changed; and so is what tells them which run of Redis this is. What Redis itself takes away when its time has come does not know of the step.
 */
final class SteppedCalls extends RedisCalls {

    private static final String READING = "redis.call('TIME')";

    private static final String RUN = "redis.pcall('INFO', 'server')";

    private volatile Duration step = Duration.ZERO;
    private volatile int runs;

    SteppedCalls(RedisLinks links, StoreGate gate, RedisConfig config) {
        super(StoreName.FIRST, links, gate, config);
    }

    /** How far the clock is ahead of Redis's own. */
    Duration step() {
        return step;
    }

    /** By whole milliseconds. */
    synchronized void step(Duration by) {
        step = step.plus(by);
    }

    /** It is another run of Redis from now on. */
    synchronized void restart() {
        runs++;
    }

    @Override
    public <T> Future<T> evaluate(
            LuaScript script, List<String> keys, List<String> args, Function<Request, Future<T>> connection) {
        boolean asksForRun = runs > 0 && script.text().contains(RUN);
        if (step.isZero() && !asksForRun) {
            return super.evaluate(script, keys, args, connection);
        }
        String stepped =
                "(function() local t = %s; local us = t[1] * 1000000 + t[2] + %d; return { math.floor(us / 1000000), us %% 1000000 } end)()"
                        .formatted(READING, step.toNanos() / 1000);
        return connection.apply(evaluation(
                Command.EVAL,
                script.text().replace(READING, stepped).replace(RUN, asksForRun ? "'run_id:" + runs + "'" : RUN),
                declared(keys),
                args));
    }
}
