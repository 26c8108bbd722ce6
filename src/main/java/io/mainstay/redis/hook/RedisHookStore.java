package io.mainstay.redis.hook;

import io.mainstay.hook.HookName;
import io.mainstay.hook.HookStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.NamedEntries;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link HookStore} in Redis. */
public final class RedisHookStore implements HookStore {

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
                        NamedEntries.read(answer.get(1), "hooks", HookName::new, RedisHookStore::stored),
                        NamedEntries.read(answer.get(2), "hooks", HookName::new, RedisHookStore::disabledAt)));
    }

    private static Optional<Stored> stored(String value) {
        Matcher parts = STORED.matcher(value);
        return parts.matches() ? Optional.of(new Stored(parts.group(2), parts.group(1))) : Optional.empty();
    }

    private static Optional<Instant> disabledAt(String value) {
        Matcher parts = DISABLED.matcher(value);
        return parts.matches() ? Optional.of(Instant.ofEpochMilli(Long.parseLong(parts.group(1)))) : Optional.empty();
    }
}
