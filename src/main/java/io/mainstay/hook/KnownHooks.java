package io.mainstay.hook;

import io.mainstay.queue.settings.SettingVersions;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * All hooks, as this instance knows them, and the marks by which scripts know what hooks want: each bucket has its own, for a script
 * reads nothing of another slot. A bucket takes no mark of an older version, so whoever writes one may be late. Every instance writes all marks when
 * it hears of a change, and one after the other all the time, for a Redis may lose them. Thread-safe.
 */
@Singleton
class KnownHooks {

    private static final Logger LOG = Logger.getLogger(KnownHooks.class);
    private static final int AT_ONCE = 8;

    private final HookStore store;
    private final NoticeStore notices;
    /** The highest version that a bucket was seen to have. */
    private final AtomicLong seen = new AtomicLong();

    private volatile Known known = new Known(HookStore.NO_VERSION, Map.of());
    /** The version that all buckets were told of by this instance. */
    private volatile long marked = HookStore.NO_VERSION;

    private volatile int next;

    private record Known(long version, Map<HookName, KnownHook> hooks) {}

    KnownHooks(HookStore store, NoticeStore notices) {
        this.store = store;
        this.notices = notices;
    }

    /** By name. */
    Map<HookName, KnownHook> all() {
        return known.hooks;
    }

    /** Whether there are any. */
    boolean any() {
        return !known.hooks.isEmpty();
    }

    /** Whether there are any, or marks of some that there were. */
    boolean wereSome() {
        return Math.max(known.version, seen.get()) > 0;
    }

    /** As the store has it; empty if it has none. */
    String version() {
        long version = known.version;
        return version == 0 ? SettingVersions.NEVER_CHANGED : Long.toString(version);
    }

    /** Asks whether something has changed, and what there is if so. Fails if the store does not answer. */
    Uni<Void> refresh() {
        return Uni.createFrom().deferred(() -> {
            long before = known.version;
            return store.read(before, seen.get())
                    .invoke(read -> {
                        if (read.version() != before) {
                            know(read);
                        }
                    })
                    .replaceWithVoid();
        });
    }

    /** Has all buckets know what is wanted. Fails if one does not answer. */
    Uni<Void> markAll() {
        Known now = known;
        NoticeStore.Wanted wanted = wanted(now);
        return Multi.createFrom()
                .iterable(IntStream.range(0, notices.buckets()).boxed().toList())
                .onItem()
                .transformToUni(bucket -> mark(bucket, wanted))
                // One that does not answer keeps no other from knowing.
                .collectFailures()
                .merge(AT_ONCE)
                .collect()
                .last()
                .onFailure(CompositeException.class)
                .transform(failures -> failures.getCauses().get(0))
                .invoke(() -> marked = now.version)
                .replaceWithVoid();
    }

    /** All buckets if there is something new for them, else the next of them. */
    Uni<Void> markSome() {
        Known now = known;
        if (now.version <= 0) {
            return Uni.createFrom().voidItem();
        }
        if (marked != now.version) {
            return markAll();
        }
        int bucket = Math.floorMod(next++, notices.buckets());
        return mark(bucket, wanted(now));
    }

    private Uni<Void> mark(int bucket, NoticeStore.Wanted wanted) {
        return notices.want(bucket, wanted).invoke(this::saw).replaceWithVoid();
    }

    /** A version that a bucket has. */
    void saw(long version) {
        seen.accumulateAndGet(version, Math::max);
    }

    private synchronized void know(HookStore.Overview read) {
        if (read.version() < known.version) {
            return;
        }
        Map<HookName, KnownHook> hooks = new TreeMap<>();
        read.hooks().forEach((name, stored) -> {
            try {
                Hook hook = HookText.read(stored.text().getBytes(StandardCharsets.UTF_8));
                hooks.put(
                        name,
                        new KnownHook(hook, stored.change(), read.disabled().get(name)));
            } catch (IOException | RuntimeException e) {
                // Another release may have written it.
                LOG.warnf(e, "Hook %s cannot be read and is ignored", name);
            }
        });
        known = new Known(read.version(), hooks);
    }

    private static NoticeStore.Wanted wanted(Known known) {
        return new NoticeStore.Wanted(
                known.version, patterns(known, HookEvent.DEAD), patterns(known, HookEvent.FLOW_ENDED));
    }

    private static QueuePatterns patterns(Known known, HookEvent event) {
        List<String> patterns = known.hooks.values().stream()
                .filter(each -> each.enabled() && each.hook().events().contains(event))
                .flatMap(each -> each.hook().queues().patterns().stream())
                .distinct()
                .toList();
        return patterns.contains("*") ? QueuePatterns.ALL : new QueuePatterns(patterns);
    }
}
