package io.mainstay.hook;

import io.mainstay.handler.PayloadCheck;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.LimitReachedException;
import io.mainstay.job.NotFoundException;
import io.mainstay.rest.job.JobIntake;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;

/** What applications ask about hooks. What this instance knows is brought up to date first. Thread-safe; nothing here blocks. */
@Singleton
class Hooks {

    private final HookStore store;
    private final KnownHooks known;
    private final PayloadCheck requests;
    private final JobIds tokens;

    Hooks(HookStore store, KnownHooks known, Instance<PayloadCheck> checks, JobIds tokens) {
        this.store = store;
        this.known = known;
        this.requests = checks.stream()
                .filter(check -> check.handler().equals(JobIntake.HTTP))
                .findFirst()
                .orElseThrow();
        this.tokens = tokens;
    }

    /** A hook that was put. */
    record Stored(KnownHook hook, boolean created) {}

    /**
     * Once this is done, whatever the hook wants is noted. If it fails it may have been made nevertheless, and may be sent again.
     *
     * @throws InvalidValueException if http jobs may not go to its URL
     */
    Uni<Stored> put(HookName name, Hook hook) {
        try {
            requests.check(NoticeJobs.payload(hook.url(), "null"));
        } catch (InvalidValueException e) {
            throw e.at("url");
        }
        return store.put(name, HookText.of(hook), tokens.nextToken())
                .invoke(Hooks::check)
                .flatMap(put -> known.refresh()
                        .chain(known::markAll)
                        .chain(() -> get(name))
                        .map(stored -> new Stored(stored, put == HookStore.Put.CREATED)));
    }

    private static void check(HookStore.Put put) {
        if (put == HookStore.Put.TOO_MANY || put == HookStore.Put.TOO_LARGE) {
            throw new LimitReachedException(
                    "too-many-hooks",
                    409,
                    put == HookStore.Put.TOO_MANY
                            ? "there are %d hooks, which is the limit".formatted(HookStore.MOST)
                            : "all hooks together would have more than %d bytes, which is the limit"
                                    .formatted(HookStore.MOST_BYTES));
        }
    }

    /** @throws NotFoundException (as failure) if there is none */
    Uni<KnownHook> get(HookName name) {
        return all().map(all -> {
            KnownHook hook = all.get(name);
            if (hook == null) {
                throw NotFoundException.hook(name.value());
            }
            return hook;
        });
    }

    /** By name. */
    Uni<Map<HookName, KnownHook>> all() {
        return known.refresh().map(read -> known.all());
    }

    Uni<Void> remove(HookName name) {
        return store.remove(name).chain(known::refresh).chain(known::markAll);
    }
}
