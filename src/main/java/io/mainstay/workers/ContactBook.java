package io.mainstay.workers;

import io.mainstay.handler.KnownHandlers;
import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.queue.names.WorkerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The remote workers that this instance has heard of, until it is noted down in the store. A worker may ask in several loops, each for
 * jobs of other queues: all that it asked for lately counts. Bounded. Thread-safe.
 */
@Singleton
class ContactBook implements WorkerContacts {

    /** A minute, and as long as a request may wait. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(110);

    /** Of more loops of a worker, those that asked last count. */
    private static final int MOST_LOOPS = 8;

    private static final int LONGEST_VERSION = 64;

    private final DrainedWorkers drained;
    private final KnownHandlers known;
    private final LongSupplier nanos;
    private volatile Runnable onNewHandler = () -> {};
    /** By when they were last heard of, the earliest first. */
    private final Map<String, Heard> workers = new LinkedHashMap<>();
    /** Those that are longer, by what tokens have of them. */
    private final Map<String, String> names = new HashMap<>();

    @Inject
    ContactBook(DrainedWorkers drained, AnnouncedHandlers known) {
        this(drained, known, System::nanoTime);
    }

    ContactBook(DrainedWorkers drained, KnownHandlers known, LongSupplier nanos) {
        this.drained = drained;
        this.known = known;
        this.nanos = nanos;
    }

    /** What is known of one here. */
    private static final class Heard {
        private long at;
        /** Whether the store does not know of it yet. */
        private boolean news;
        /** By what it served, the one that was said last behind all others. */
        private final Map<Serving, Said> said = new LinkedHashMap<>();
    }

    private record Said(Contact contact, long at) {}

    /** @param task run, on any thread, when a worker has a handler that is not known */
    void onNewHandler(Runnable task) {
        onNewHandler = task;
    }

    @Override
    public void seen(Contact contact) {
        if (WorkerName.isOne(contact.worker())) {
            add(contact);
            if (!contact.handlers().stream().allMatch(known::knows)) {
                onNewHandler.run();
            }
        }
    }

    private synchronized void add(Contact contact) {
        Heard heard = touch(contact.worker());
        String inTokens = WorkerName.inTokens(contact.worker());
        if (!inTokens.equals(contact.worker()) && names.size() < WorkerStore.MOST_WORKERS) {
            names.put(inTokens, contact.worker());
        }
        Serving serving = new Serving(Set.copyOf(contact.queues()), contact.handlers());
        heard.said.remove(serving);
        heard.said.put(serving, new Said(contact, heard.at));
        if (heard.said.size() > MOST_LOOPS) {
            heard.said.remove(heard.said.keySet().iterator().next());
        }
    }

    @Override
    public synchronized void heard(String worker) {
        if (WorkerName.isOne(worker)) {
            touch(names.getOrDefault(worker, worker));
        }
    }

    private Heard touch(String worker) {
        Heard known = workers.remove(worker);
        Heard heard = known == null ? new Heard() : known;
        heard.at = nanos.getAsLong();
        heard.news = true;
        workers.put(worker, heard);
        if (workers.size() > WorkerStore.MOST_WORKERS) {
            workers.remove(workers.keySet().iterator().next());
        }
        return heard;
    }

    /** Some of those of which there is news, which then there no longer is. */
    synchronized List<Sighting> take(int most) {
        long now = nanos.getAsLong();
        workers.values().removeIf(heard -> isOver(heard.at, now));
        names.values().retainAll(workers.keySet());
        List<Sighting> taken = new ArrayList<>();
        for (Map.Entry<String, Heard> each : workers.entrySet()) {
            Heard heard = each.getValue();
            if (heard.news && taken.size() < most) {
                heard.news = false;
                heard.said.values().removeIf(said -> isOver(said.at, now));
                taken.add(new Sighting(
                        WorkerId.remote(each.getKey()),
                        KNOWN_FOR,
                        profile(heard.said.values()),
                        !drained.drained(each.getKey())));
            }
        }
        return taken;
    }

    /** The store did not hear of these. */
    synchronized void putBack(List<Sighting> taken) {
        for (Sighting each : taken) {
            Heard heard = workers.get(each.worker().name());
            if (heard != null) {
                heard.news = true;
            }
        }
    }

    private static boolean isOver(long at, long now) {
        return now - at > KNOWN_FOR.toNanos();
    }

    private static Optional<WorkerProfile> profile(Iterable<Said> said) {
        Contact latest = null;
        Set<QueueName> queues = new HashSet<>();
        Set<HandlerName> handlers = new HashSet<>();
        for (Said each : said) {
            latest = each.contact;
            queues.addAll(latest.queues());
            handlers.addAll(latest.handlers());
        }
        if (latest == null) {
            return Optional.empty();
        }
        return Optional.of(WorkerProfile.ofRemote(
                Optional.ofNullable(latest.version()).map(ContactBook::plain),
                latest.concurrency() == null ? OptionalInt.empty() : OptionalInt.of(latest.concurrency()),
                new Serving(queues, handlers)));
    }

    private static String plain(String version) {
        String oneLine = version.replaceAll("\\p{Cntrl}", "?");
        return oneLine.substring(0, Math.min(oneLine.length(), LONGEST_VERSION));
    }
}
