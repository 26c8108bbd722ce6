package io.mainstay.redis.check;

import io.mainstay.redis.connection.RedisLink;
import io.mainstay.redis.connection.RetryDecision;
import io.mainstay.redis.store.RedisKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.stream.Stream;

/**
 * Whether this user may publish. Scripts pass over a refusal, for what they did stands whether or not somebody hears of it; so
 * nothing else would tell.
 */
final class PublishCheck {

    private static final Finding FORBIDDEN = Finding.warning(
            "this user of Redis may not publish (it needs +publish, and &ms:* for the channels): workers find jobs only by polling, waits and cancellations are noticed later, event streams stay empty");

    private PublishCheck() {}

    /** On a channel of the kind that is used, which nobody hears. */
    static Future<Boolean> ask(RedisLink link) {
        Request nothing = Request.cmd(Command.PUBLISH)
                .arg(RedisKeys.WAKE_CHANNEL + ":rights")
                .arg("");
        return link.send(nothing)
                .map(true)
                .recover(error -> RetryDecision.of(error) == RetryDecision.STOP
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(error));
    }

    static Stream<Finding> examine(boolean allowed) {
        return allowed ? Stream.empty() : Stream.of(FORBIDDEN);
    }
}
