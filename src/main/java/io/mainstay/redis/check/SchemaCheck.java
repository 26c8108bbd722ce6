package io.mainstay.redis.check;

import io.mainstay.health.LinkKind;
import io.mainstay.redis.connection.ErrorReply;
import io.mainstay.redis.connection.LinkLostException;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLink;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.RetryDecision;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Keeps versions apart that cannot work on the same data. {@code ms:schema} holds two numbers: the schema of the newest
 * instance that ever worked here, and the oldest schema whose instances may work beside it. Instances of schema n work
 * beside those of n − 1, for the time of a rolling upgrade or its way back; nobody else. An instance that is newer than
 * what is there says so once, and what it says is compared and set as one. Nothing there: nobody worked here yet.
 */
public final class SchemaCheck {

    /** Goes up with the first release that writes what the one before cannot read. */
    static final int CURRENT = 1;

    private static final Logger LOG = Logger.getLogger(SchemaCheck.class);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}) (\\d{1,6})");

    private final int own;

    public SchemaCheck() {
        this(CURRENT);
    }

    SchemaCheck(int own) {
        this.own = own;
    }

    /** Fails if Redis does not answer, or somebody else changed it meanwhile: then it is asked again. */
    Future<Optional<Finding>> examine(RedisLinks links) {
        RedisLink link = links.current(LinkKind.WRITES, RedisKeys.SCHEMA);
        return link.send(Request.cmd(Command.GET).arg(RedisKeys.SCHEMA))
                .onFailure(error -> {
                    if (RetryDecision.of(error) == RetryDecision.REROUTE) {
                        links.refreshTopology();
                    }
                })
                .transform(
                        read -> read.failed() && RetryDecision.of(read.cause()).mayRepeat()
                                ? Future.failedFuture(read.cause())
                                : judge(link, read.failed() ? Optional.of("?") : text(read.result())));
    }

    private Future<Optional<Finding>> judge(RedisLink link, Optional<String> found) {
        if (found.isEmpty()) {
            return write(link, found);
        }
        Matcher numbers = TEXT.matcher(found.get());
        if (!numbers.matches()) {
            return refused("what is in " + RedisKeys.SCHEMA + " is not known to this version");
        }
        int written = Integer.parseInt(numbers.group(1));
        int oldest = Integer.parseInt(numbers.group(2));
        if (oldest > own) {
            return refused(
                    "a newer Mainstay works with this Redis: its data have schema %d, this version knows up to %d; use the newer one"
                            .formatted(written, own));
        }
        if (written < own - 1) {
            return refused(
                    "the data in Redis have schema %d, this version follows on %d; run the versions between them first"
                            .formatted(written, own - 1));
        }
        return written < own ? write(link, found) : Future.succeededFuture(Optional.empty());
    }

    private Future<Optional<Finding>> write(RedisLink link, Optional<String> found) {
        String text = own + " " + Math.max(1, own - 1);
        List<String> args = List.of(found.orElse(""), text);
        return link.send(RedisCalls.evaluation(Command.EVAL, Script.SCHEMA.text(), List.of(RedisKeys.SCHEMA), args))
                .recover(error -> {
                    // A full Redis, say. What is there may be worked with; the next look writes.
                    LOG.debugf(error, "%s was not written", RedisKeys.SCHEMA);
                    return ErrorReply.of(error).isPresent() ? Future.succeededFuture() : Future.failedFuture(error);
                })
                .compose(set -> {
                    if (set == null) {
                        return Future.succeededFuture(Optional.empty());
                    }
                    if (set.toInteger() == 0) {
                        return Future.failedFuture(new LinkLostException("another instance wrote the schema", null));
                    }
                    found.ifPresent(before -> LOG.infof("Schema of the data in Redis: %d, was %s", own, before));
                    return Future.succeededFuture(Optional.empty());
                });
    }

    private static Future<Optional<Finding>> refused(String why) {
        return Future.succeededFuture(Optional.of(new Finding(Finding.Severity.STOP, why)));
    }

    private static Optional<String> text(Response value) {
        return Optional.ofNullable(value).map(Response::toString);
    }
}
