package io.mainstay.redis;

import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls Redis until it answers, within bounds. Every call may be repeated (scripts are written for it), so a lost
 * answer is simply asked for again, on whichever connection is then good.
 */
@Singleton
class RedisCalls {

    private static final Duration FIRST_RETRY = Duration.ofMillis(10);
    private static final Duration SLOWEST_RETRY = Duration.ofMillis(250);
    private static final double JITTER = 0.5;

    private final RedisLinks links;
    private final Duration callTimeout;

    RedisCalls(RedisLinks links, RedisConfig config) {
        this.links = links;
        this.callTimeout = config.callTimeout();
    }

    /**
     * Runs a script.
     *
     * @return its answer, or {@link StoreUnavailableException} once the call time-out has passed
     */
    Uni<Response> run(Script script, List<String> keys, List<String> args) {
        return call(() -> {
            RedisLink link = links.current();
            return link.send(evaluation(Command.EVALSHA, script.sha(), keys, args))
                    .recover(error -> Remedy.of(error) == Remedy.RETRY_HERE
                            ? link.send(evaluation(Command.EVAL, script.text(), keys, args))
                            : Future.failedFuture(error));
        });
    }

    /** Runs a plain command; it must be one that may be repeated. */
    Uni<Response> run(Command command, String... args) {
        return call(() -> {
            Request request = Request.cmd(command);
            for (String arg : args) {
                request.arg(arg);
            }
            return links.current().send(request);
        });
    }

    /** Each subscription of what this returns is a call of its own. */
    private Uni<Response> call(Supplier<Future<Response>> attempt) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(attempt.get()))
                .onFailure(RedisCalls::mayRepeat)
                .recoverWithUni(() -> repeat(attempt))
                .onFailure(RedisCalls::mayRepeat)
                .transform(error -> new StoreUnavailableException("the job store does not answer", error));
    }

    /** Kept out of the way of calls that succeed at once, which is nearly all of them. */
    private Uni<Response> repeat(Supplier<Future<Response>> attempt) {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(attempt.get()))
                .onFailure(RedisCalls::mayRepeat)
                .retry()
                .withBackOff(FIRST_RETRY, SLOWEST_RETRY)
                .withJitter(JITTER)
                .indefinitely()
                .ifNoItem()
                .after(callTimeout)
                .fail();
    }

    private static boolean mayRepeat(Throwable error) {
        return error instanceof TimeoutException || Remedy.of(error).mayRepeat();
    }

    private static Request evaluation(Command command, String script, List<String> keys, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }
}
