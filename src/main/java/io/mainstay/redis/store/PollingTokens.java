package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.SettingKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Which instances poll: a sorted set of a token of each, by until when that is valid. Those that were killed are struck off now and then. */
final class PollingTokens {

    private static final String KEY = SettingKeys.TAG + "polling";

    private static final int STRUCK_OFF_EVERY = 50;
    private static final String MOST_STRUCK_OFF = "1000";

    private final RedisCalls calls;
    private final ShardClocks clocks;
    private final String instance;

    /** @param instance a token that no other one has */
    PollingTokens(RedisCalls calls, ShardClocks clocks, String instance) {
        this.calls = calls;
        this.clocks = clocks;
        this.instance = instance;
    }

    /** Notes this one. @return how many there are */
    Uni<Integer> polling(Duration validFor) {
        return clocks.now(KEY).flatMap(now -> {
            String until = Long.toString(now + validFor.toMillis());
            Uni<Response> said = run(Command.ZADD, KEY, until, instance);
            if (ThreadLocalRandom.current().nextInt(STRUCK_OFF_EVERY) == 0) {
                said = said.chain(() -> strikeOffOver(now));
            }
            // What lies further away was said before the clock was set back.
            String last = Long.toString(now + 2 * validFor.toMillis());
            return said.<Response>chain(() -> run(Command.ZCOUNT, KEY, Long.toString(now), last))
                    .map(Response::toInteger);
        });
    }

    @SuppressWarnings("deprecation")
    private Uni<Response> strikeOffOver(long now) {
        return run(Command.ZRANGEBYSCORE, KEY, "-inf", Long.toString(now), "LIMIT", "0", MOST_STRUCK_OFF)
                .flatMap(over -> {
                    List<String> words = new ArrayList<>(List.of(KEY));
                    over.forEach(each -> words.add(each.toString()));
                    return words.size() == 1
                            ? Uni.createFrom().item(over)
                            : run(Command.ZREM, words.toArray(String[]::new));
                });
    }

    private Uni<Response> run(Command command, String... args) {
        return calls.run(LinkKind.CLAIMS, command, args);
    }
}
