package io.mainstay.redis.hook;

import io.mainstay.hook.HookName;
import io.mainstay.hook.HookStore;
import io.mainstay.job.InvalidValueException;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** {@link HookStore} in Redis. */
public final class RedisHookStore implements HookStore {

    private static final Logger LOG = Logger.getLogger(RedisHookStore.class);
    private static final List<String> KEYS =
            List.of(SettingKeys.TAG + "hooks:declared", SettingKeys.TAG + "hooks:disabled", SettingKeys.META);
    /** How it was answered, the token of the change, and the text. */
    private static final Pattern STORED = Pattern.compile("[a-z]+ (\\S+)\n(.*)", Pattern.DOTALL);
    /** When, and the token of that change. */
    private static final Pattern DISABLED = Pattern.compile("(\\d+) \\S+");

    private final RedisCalls calls;

    public RedisHookStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Put> put(HookName name, String text, String change) {
        List<String> args = List.of(name.value(), text, change, Integer.toString(MOST), Long.toString(MOST_BYTES));
        return calls.run(Script.HOOK_PUT, KEYS, args).map(answer -> switch (answer.toString()) {
            case "created" -> Put.CREATED;
            case "changed" -> Put.CHANGED;
            case "many" -> Put.TOO_MANY;
            case "large" -> Put.TOO_LARGE;
            default -> Put.UNCHANGED;
        });
    }

    @Override
    public Uni<Void> remove(HookName name) {
        return calls.run(Script.HOOK_REMOVE, KEYS, List.of(name.value())).replaceWithVoid();
    }

    @Override
    public Uni<Boolean> disable(HookName name, String seen, String change) {
        return calls.run(Script.HOOK_DISABLE, KEYS, List.of(name.value(), seen, change))
                .map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Uni<Overview> read(long known, long seen) {
        return calls.run(Script.HOOK_READ, KEYS, List.of(Long.toString(known), Long.toString(seen)))
                .map(answer -> new Overview(
                        Long.parseLong(answer.get(0).toString()),
                        byName(answer.get(1), RedisHookStore::stored),
                        byName(answer.get(2), RedisHookStore::disabledAt)));
    }

    private static Optional<Stored> stored(String value) {
        Matcher parts = STORED.matcher(value);
        return parts.matches() ? Optional.of(new Stored(parts.group(2), parts.group(1))) : Optional.empty();
    }

    private static Optional<Instant> disabledAt(String value) {
        Matcher parts = DISABLED.matcher(value);
        return parts.matches() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(parts.group(1)))) : Optional.empty();
    }

    /** Names and values, again and again. What cannot be read is left out. */
    private static <T> Map<HookName, T> byName(Response pairs, Function<String, Optional<T>> value) {
        Map<HookName, T> all = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            try {
                HookName name = new HookName(pairs.get(i).toString());
                value.apply(pairs.get(i + 1).toString()).ifPresent(each -> all.put(name, each));
            } catch (InvalidValueException e) {
                LOG.warn("An entry of hooks in Redis cannot be read and is ignored");
            }
        }
        return all;
    }
}
