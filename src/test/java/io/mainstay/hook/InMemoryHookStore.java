package io.mainstay.hook;

import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The twin of the store: does what it has to do as simply as can be. */
public final class InMemoryHookStore implements HookStore {

    private final Map<HookName, Stored> hooks = new HashMap<>();
    private final Map<HookName, Put> answers = new HashMap<>();
    private final Map<HookName, Instant> disabled = new HashMap<>();
    private final Map<HookName, String> disabledBy = new HashMap<>();
    private long version;

    @Override
    public Uni<Put> put(HookName name, String text, String change) {
        return locked(() -> {
            Stored before = hooks.get(name);
            if (before != null && before.change().equals(change)) {
                return answers.get(name);
            } else if (before != null && before.text().equals(text) && !disabled.containsKey(name)) {
                return Put.UNCHANGED;
            } else if (before == null && hooks.size() >= MOST) {
                return Put.TOO_MANY;
            }
            long others = hooks.entrySet().stream()
                    .filter(each -> !each.getKey().equals(name))
                    .mapToLong(each -> bytes(each.getValue().text()))
                    .sum();
            if (others + bytes(text) > MOST_BYTES) {
                return Put.TOO_LARGE;
            }
            hooks.put(name, new Stored(text, change));
            answers.put(name, before == null ? Put.CREATED : Put.CHANGED);
            disabled.remove(name);
            version++;
            return answers.get(name);
        });
    }

    @Override
    public Uni<Void> remove(HookName name) {
        return locked(() -> {
            disabled.remove(name);
            version += hooks.remove(name) == null ? 0 : 1;
            return null;
        });
    }

    @Override
    public Uni<Boolean> disable(HookName name, String seen, String change) {
        return locked(() -> {
            Stored hook = hooks.get(name);
            if (hook == null || !hook.change().equals(seen) || disabled.containsKey(name)) {
                return disabled.containsKey(name) && change.equals(disabledBy.get(name));
            }
            disabled.put(name, Instant.EPOCH);
            disabledBy.put(name, change);
            version++;
            return true;
        });
    }

    @Override
    public Uni<Overview> read(long known, long seen) {
        return locked(() -> {
            version = version < seen ? seen + 1 : version;
            return version == known
                    ? new Overview(version, Map.of(), Map.of())
                    : new Overview(version, hooks, disabled);
        });
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private <T> Uni<T> locked(Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
