package io.mainstay.redis.workers;

import io.mainstay.health.LinkKind;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.names.WorkerName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.mainstay.workers.HeldJobs;
import io.mainstay.workers.KnownWorker;
import io.mainstay.workers.Sighting;
import io.mainstay.workers.WorkerId;
import io.mainstay.workers.WorkerKind;
import io.mainstay.workers.WorkerNews;
import io.mainstay.workers.WorkerPage;
import io.mainstay.workers.WorkerProfile;
import io.mainstay.workers.WorkerStore;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link WorkerStore} in Redis. */
public final class RedisWorkerStore implements WorkerStore {

    private static final int MOST_TOLD = 20;
    private static final String FIRST = "-";

    /** Calls, one in five seconds most often: sets are tidied up once a minute, and whenever something is new. */
    private static final int TIDY_EVERY = 12;

    private final RedisCalls calls;
    private final AtomicInteger heard = new AtomicInteger();

    public RedisWorkerStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> heard(List<Sighting> sightings, String change) {
        List<String> keys = List.of(
                WorkerKeys.NAMES,
                WorkerKeys.INSTANCES,
                WorkerKeys.REMOTE,
                WorkerKeys.SERVED,
                WorkerKeys.TEXTS,
                WorkerKeys.HANDLERS,
                SettingKeys.META,
                WorkerKeys.IN_TOKENS,
                WorkerKeys.DRAINS);
        List<String> args = new ArrayList<>(List.of(
                WorkerKeys.PREFIX,
                Integer.toString(MOST_WORKERS),
                Integer.toString(MOST_SERVED),
                Integer.toString(MOST_HANDLERS),
                Long.toString(HANDLER_KNOWN_FOR.toMillis()),
                change,
                Integer.toString(WorkerName.LONGEST_IN_TOKENS),
                heard.getAndIncrement() % TIDY_EVERY == 0 ? "1" : "0",
                Integer.toString(sightings.size())));
        sightings.forEach(sighting -> args.addAll(args(sighting)));
        return calls.run(Script.WORKER_HEARD, keys, args).replaceWithVoid();
    }

    private static List<String> args(Sighting sighting) {
        WorkerId worker = sighting.worker();
        Optional<WorkerProfile> profile = sighting.profile();
        return List.of(
                worker.kind().wireName(),
                worker.name(),
                Long.toString(sighting.knownFor().toMillis()),
                profile.map(said -> worker.kind() == WorkerKind.REMOTE
                                ? WorkerCodec.ofRemote(said)
                                : WorkerCodec.ofInstance(said))
                        .orElse(""),
                profile.map(said -> WorkerCodec.serving(said.serving())).orElse(""),
                sighting.takesJobs() ? "1" : "0",
                Long.toString(sighting.ago().toMillis()),
                sighting.recoveries().map(HealthText::of).orElse(""));
    }

    @Override
    public Uni<WorkerPage> page(Optional<WorkerId> after, int limit) {
        return read(after.map(id -> "(" + member(id)).orElse(FIRST), limit);
    }

    @Override
    public Uni<Optional<KnownWorker>> find(WorkerId worker) {
        return read("[" + member(worker), 1).map(page -> page.workers().stream()
                .filter(each -> each.id().equals(worker))
                .findFirst());
    }

    private Uni<WorkerPage> read(String from, int limit) {
        List<String> keys =
                List.of(WorkerKeys.NAMES, WorkerKeys.INSTANCES, WorkerKeys.REMOTE, WorkerKeys.TEXTS, WorkerKeys.DRAINS);
        List<String> args = List.of(WorkerKeys.PREFIX, from, Integer.toString(limit));
        return calls.run(Script.WORKER_LIST, keys, args).map(WorkerAnswers::page);
    }

    private static String member(WorkerId worker) {
        return worker.kind().wireName() + " " + worker.name();
    }

    @Override
    public Uni<Optional<Instant>> drain(WorkerId worker, Duration length, String change) {
        List<String> args = List.of(
                worker.kind().wireName(),
                worker.name(),
                Long.toString(length.toMillis()),
                Integer.toString(MOST_DRAINS),
                change,
                WorkerKeys.PREFIX);
        return calls.run(Script.WORKER_DRAIN, drains(), args)
                .map(end -> end.toLong() < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(end.toLong())));
    }

    @Override
    public Uni<Void> undrain(String worker, String change) {
        return calls.run(Script.WORKER_UNDRAIN, drains(), List.of(worker, change, WorkerKeys.PREFIX))
                .replaceWithVoid();
    }

    private static List<String> drains() {
        return List.of(WorkerKeys.DRAINS, SettingKeys.META, WorkerKeys.REMOTE, WorkerKeys.SERVED);
    }

    @Override
    public Uni<WorkerNews> news(String drainsKnown, String handlersKnown) {
        List<String> keys = List.of(SettingKeys.META, WorkerKeys.DRAINS, WorkerKeys.HANDLERS, WorkerKeys.INSTANCES);
        return calls.run(Script.WORKER_NEWS, keys, List.of(drainsKnown, handlersKnown))
                .map(answer -> WorkerAnswers.news(answer, drainsKnown, handlersKnown));
    }

    @Override
    public Uni<Boolean> knows(HandlerName handler) {
        return calls.run(LinkKind.READS, Command.ZSCORE, WorkerKeys.HANDLERS, handler.value())
                .map(score -> score != null);
    }

    @Override
    public Uni<Map<HandlerName, Instant>> handlersSeen() {
        return calls.run(LinkKind.READS, Command.ZRANGE, WorkerKeys.HANDLERS, "0", "-1", "WITHSCORES")
                .map(WorkerAnswers::handlersSeen);
    }

    @Override
    public Uni<HeldJobs> jobs(QueueName queue, Set<String> workers, int passed, int most) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(
                keys.jobPrefix(),
                Integer.toString(passed),
                Integer.toString(most),
                Integer.toString(MOST_TOLD),
                " " + String.join(" ", workers) + " ");
        return calls.run(Script.WORKER_JOBS, List.of(keys.state(JobState.RUNNING)), args)
                .map(answer -> WorkerAnswers.jobs(queue, answer));
    }
}
