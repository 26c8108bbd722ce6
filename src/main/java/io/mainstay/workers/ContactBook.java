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
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The remote workers that this instance has heard of, until it is noted down in the store. A worker may ask in several loops, each for
 * jobs of other queues: all that it asked for lately counts. Bounded. Thread-safe.
 */
@Singleton
class ContactBook implements WorkerContacts {

    /** A worker is known for that long beside the longest wait of a request. */
    private static final Duration SILENT = Duration.ofMinutes(1);

    /** Other instances note down what they have heard of it by then. */
    private static final Duration UNTIL_ITS_END = Duration.ofSeconds(6);

    /** Of more loops of a worker, those that asked last count. */
    private static final int MOST_LOOPS = 8;

    private static final int LONGEST_VERSION = 64;

    private final DrainedWorkers drained;
    private final KnownHandlers known;
    private final Duration knownFor;
    private final LongSupplier nanos;
    private volatile Runnable onNewHandler = () -> {};
    /** By when they were last heard of, the earliest first. */
    private final Map<String, Heard> workers = new LinkedHashMap<>();
    /** Those that are longer, by what tokens have of them. */
    private final Map<String, String> names = new HashMap<>();

    @Inject
    ContactBook(
            DrainedWorkers drained,
            AnnouncedHandlers known,
            @ConfigProperty(name = "mainstay.leases.max-wait") Duration longestWait) {
        this(drained, known, longestWait, System::nanoTime);
    }

    ContactBook(DrainedWorkers drained, KnownHandlers known, Duration longestWait, LongSupplier nanos) {
        this.drained = drained;
        this.known = known;
        this.knownFor = SILENT.plus(longestWait);
        this.nanos = nanos;
    }

    /** What is known of one here. */
    private static final class Heard {
        private long at;
        /** Whether the store does not know of it yet. */
        private boolean news;
        /** Whether it said that it goes, and was not heard of since. */
        private boolean left;
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

    @Override
    public synchronized void left(String worker) {
        if (WorkerName.isOne(worker)) {
            Heard heard = touch(worker);
            heard.left = true;
            heard.said.clear();
        }
    }

    private Heard touch(String worker) {
        Heard known = workers.remove(worker);
        Heard heard = known == null ? new Heard() : known;
        heard.at = nanos.getAsLong();
        heard.news = true;
        heard.left = false;
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
            if (heard.news && taken.size() < most && !(heard.left && now - heard.at < UNTIL_ITS_END.toNanos())) {
                heard.news = false;
                heard.said.values().removeIf(said -> isOver(said.at, now));
                taken.add(new Sighting(
                        WorkerId.remote(each.getKey()),
                        heard.left ? Duration.ZERO : knownFor,
                        profile(heard.said.values()),
                        !heard.left && !drained.drained(each.getKey()),
                        Duration.ofNanos(now - heard.at)));
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

    private boolean isOver(long at, long now) {
        return now - at > knownFor.toNanos();
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
