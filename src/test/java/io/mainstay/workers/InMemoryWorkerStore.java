package io.mainstay.workers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Serving;
import io.mainstay.queue.health.RecoveryList;
import io.mainstay.queue.names.WorkerName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The twin of the store: does what it has to do as simply as can be. It can be away, and has the jobs that a test gives it. */
public final class InMemoryWorkerStore implements WorkerStore {

    private record Known(
            Instant since, Instant seen, Instant until, Optional<WorkerProfile> profile, RecoveryList recoveries) {}

    private final Supplier<Instant> clock;
    private final Map<WorkerId, Known> workers = new HashMap<>();
    private final Map<Serving, Instant> served = new HashMap<>();
    private final Map<HandlerName, Instant> handlers = new HashMap<>();
    private final Map<WorkerId, Instant> drains = new HashMap<>();
    private final Map<QueueName, HeldJobs> jobs = new HashMap<>();
    private final List<List<Sighting>> calls = new ArrayList<>();
    private String drainsVersion = "";
    private String handlersVersion = "";
    private boolean away;

    public InMemoryWorkerStore(Supplier<Instant> clock) {
        this.clock = clock;
    }

    synchronized void away(boolean gone) {
        away = gone;
    }

    /** What it was told of, call by call. */
    synchronized List<List<Sighting>> calls() {
        return List.copyOf(calls);
    }

    synchronized void jobs(QueueName queue, HeldJobs held) {
        jobs.put(queue, held);
    }

    /** What remote workers serve that take jobs. */
    synchronized List<Serving> served() {
        return served.entrySet().stream()
                .filter(each -> each.getValue().isAfter(clock.get()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public Uni<Void> heard(List<Sighting> sightings, String change) {
        return whenThere(() -> {
            calls.add(sightings);
            Set<HandlerName> before = Set.copyOf(handlers.keySet());
            sightings.forEach(this::heard);
            bound();
            if (!before.equals(handlers.keySet())) {
                handlersVersion = change;
            }
            return null;
        });
    }

    private void heard(Sighting called) {
        WorkerId named = called.worker();
        WorkerId full = workers.keySet().stream()
                .filter(id -> called.profile().isEmpty() && id.kind() == named.kind())
                .filter(id -> WorkerName.inTokens(id.name()).equals(named.name()))
                .findFirst()
                .orElse(named);
        Sighting sighting = new Sighting(
                full, called.knownFor(), called.profile(), called.takesJobs(), called.ago(), called.recoveries());
        Instant now = clock.get();
        Instant at = now.minus(sighting.ago());
        Known known = workers.get(sighting.worker());
        boolean there = known != null && known.until.isAfter(now);
        if (sighting.goes()) {
            if (there && !known.seen.isAfter(at)) {
                Known gone = new Known(known.since, known.seen, now, known.profile, known.recoveries);
                workers.put(full, gone);
                lookWhoServes(full);
            }
            return;
        }
        Instant seen = there && known.seen.isAfter(at) ? known.seen : at;
        Optional<WorkerProfile> profile = sighting.profile().or(() -> there ? known.profile : Optional.empty());
        Instant end = seen.plus(sighting.knownFor());
        RecoveryList recoveries = sighting.recoveries()
                .map(said -> new RecoveryList(now, said))
                .orElseGet(() -> there ? known.recoveries : RecoveryList.NONE);
        workers.put(sighting.worker(), new Known(there ? known.since : seen, seen, end, profile, recoveries));
        sighting.profile().ifPresent(said -> said.serving().handlers().forEach(handler -> handlers.put(handler, now)));
        if (sighting.worker().kind() == WorkerKind.REMOTE && sighting.takesJobs() && !drained(full)) {
            profile.ifPresent(said -> served.put(said.serving(), end));
        }
    }

    private void bound() {
        Instant now = clock.get();
        workers.values().removeIf(known -> !known.until.isAfter(now));
        handlers.values().removeIf(seen -> !seen.isAfter(now.minus(HANDLER_KNOWN_FOR)));
        for (WorkerKind kind : WorkerKind.values()) {
            workers.keySet()
                    .removeAll(workers.entrySet().stream()
                            .filter(each -> each.getKey().kind() == kind)
                            .sorted(Comparator.<Map.Entry<WorkerId, Known>, Instant>comparing(
                                            each -> each.getValue().until)
                                    .reversed())
                            .skip(MOST_WORKERS)
                            .map(Map.Entry::getKey)
                            .toList());
        }
    }

    @Override
    public Uni<WorkerPage> page(Optional<WorkerId> after, int limit) {
        return whenThere(() -> {
            Comparator<WorkerId> order = Comparator.comparing(WorkerId::kind).thenComparing(WorkerId::name);
            List<KnownWorker> all = workers.entrySet().stream()
                    .filter(each -> each.getValue().until.isAfter(clock.get()))
                    .map(each -> shown(each.getKey(), each.getValue()))
                    .filter(each -> after.isEmpty() || order.compare(each.id(), after.get()) > 0)
                    .sorted(Comparator.comparing(KnownWorker::id, order))
                    .toList();
            List<KnownWorker> page = all.subList(0, Math.min(limit, all.size()));
            return new WorkerPage(
                    page,
                    page.size() < all.size()
                            ? Optional.of(page.get(page.size() - 1).id())
                            : Optional.empty());
        });
    }

    @Override
    public Uni<Optional<KnownWorker>> find(WorkerId worker) {
        return whenThere(() -> Optional.ofNullable(workers.get(worker))
                .filter(known -> known.until.isAfter(clock.get()))
                .map(known -> shown(worker, known)));
    }

    private KnownWorker shown(WorkerId id, Known known) {
        return new KnownWorker(
                id,
                known.since,
                known.seen,
                known.profile,
                Optional.ofNullable(drains.get(id)).filter(end -> end.isAfter(clock.get())),
                known.recoveries);
    }

    @Override
    public Uni<Optional<Instant>> drain(WorkerId worker, Duration length, String change) {
        return whenThere(() -> {
            drains.values().removeIf(end -> !end.isAfter(clock.get()));
            if (drains.size() >= MOST_DRAINS && !drains.containsKey(worker)) {
                return Optional.empty();
            }
            drainsVersion = change;
            drains.put(worker, clock.get().plus(length));
            lookWhoServes(worker);
            return Optional.of(drains.get(worker));
        });
    }

    @Override
    public Uni<Void> undrain(String worker, String change) {
        return whenThere(() -> {
            for (WorkerKind kind : WorkerKind.values()) {
                WorkerId each = new WorkerId(kind, worker);
                drainsVersion = drains.remove(each) == null ? drainsVersion : change;
                lookWhoServes(each);
            }
            return null;
        });
    }

    private boolean drained(WorkerId worker) {
        return drains.getOrDefault(worker, Instant.MIN).isAfter(clock.get());
    }

    /** A drain of the worker has begun or ended. */
    private void lookWhoServes(WorkerId worker) {
        Optional<Serving> serving = serving(workers.get(worker));
        if (worker.kind() == WorkerKind.REMOTE && serving.isPresent()) {
            served.put(
                    serving.get(),
                    workers.entrySet().stream()
                            .filter(each -> each.getKey().kind() == WorkerKind.REMOTE && !drained(each.getKey()))
                            .filter(each -> serving(each.getValue()).equals(serving))
                            .map(each -> each.getValue().until)
                            .max(Comparator.naturalOrder())
                            .orElse(clock.get()));
        }
    }

    private static Optional<Serving> serving(Known known) {
        return known == null ? Optional.empty() : known.profile.map(WorkerProfile::serving);
    }

    @Override
    public Uni<WorkerNews> news(String drainsKnown, String handlersKnown) {
        return whenThere(() -> {
            Instant now = clock.get();
            Map<WorkerId, Duration> left = new HashMap<>();
            drains.forEach((worker, end) -> {
                if (end.isAfter(now)) {
                    left.put(worker, Duration.between(now, end));
                }
            });
            long instances = left.keySet().stream()
                    .filter(id -> id.kind() == WorkerKind.INSTANCE)
                    .filter(id ->
                            workers.containsKey(id) && workers.get(id).until.isAfter(now))
                    .count();
            return new WorkerNews(
                    (int) instances,
                    drainsVersion,
                    drainsVersion.equals(drainsKnown) ? Optional.empty() : Optional.of(left),
                    handlersVersion,
                    handlersVersion.equals(handlersKnown)
                            ? Optional.empty()
                            : Optional.of(new HashSet<>(handlers.keySet())));
        });
    }

    @Override
    public Uni<Boolean> knows(HandlerName handler) {
        return whenThere(() -> handlers.containsKey(handler));
    }

    @Override
    public Uni<Map<HandlerName, Instant>> handlersSeen() {
        return whenThere(() -> Map.copyOf(handlers));
    }

    @Override
    public Uni<HeldJobs> jobs(QueueName queue, Set<String> names, int passed, int most) {
        return whenThere(
                () -> passed > 0 ? new HeldJobs(0, Map.of()) : jobs.getOrDefault(queue, new HeldJobs(0, Map.of())));
    }

    private <T> Uni<T> whenThere(Supplier<T> answer) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                if (away) {
                    throw new StoreUnavailableException("away", null);
                }
                return answer.get();
            }
        });
    }
}
