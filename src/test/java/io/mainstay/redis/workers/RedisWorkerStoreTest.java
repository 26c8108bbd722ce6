package io.mainstay.redis.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.queue.health.Recovery;
import io.mainstay.queue.route.Served;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.store.RedisUnderTest;
import io.mainstay.workers.HeldJobs;
import io.mainstay.workers.KnownWorker;
import io.mainstay.workers.Sighting;
import io.mainstay.workers.WorkerId;
import io.mainstay.workers.WorkerProfile;
import io.mainstay.workers.WorkerStore;
import io.mainstay.workers.WorkerStoreContract;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisWorkerStoreTest extends WorkerStoreContract {

    private static final QueueName QUEUE = new QueueName("images");
    private static final HandlerName HANDLER = new HandlerName("resize");

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 1);
    private final WorkerStore store = new RedisWorkerStore(redis.calls());

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected WorkerStore store() {
        return store;
    }

    @Override
    protected Announcements announcements() {
        return new RedisAnnouncements(redis.calls());
    }

    @Override
    protected Instant now() {
        return redis.now();
    }

    @Override
    protected void letPass(Duration time) {
        redis.step(time);
    }

    @Test
    void whatAnInstanceSaysIsBounded() {
        Set<HandlerName> handlers = IntStream.range(0, 200)
                .mapToObj(i -> new HandlerName("handler-" + i))
                .collect(Collectors.toSet());
        List<RunningJob> jobs = IntStream.range(0, 20)
                .mapToObj(i -> new RunningJob(
                        new QueueName("q".repeat(64)), new io.mainstay.job.JobId("j".repeat(128)), HANDLER, now()))
                .toList();
        WorkerProfile profile =
                new WorkerProfile(Optional.empty(), OptionalInt.empty(), new Serving(Set.of(), handlers), 20, jobs);

        heard(sighting(WorkerId.instance("pod"), LONG, profile));

        assertThat(send(Command.HGET, WorkerKeys.PREFIX + "instance pod", "says")
                        .length())
                .isLessThanOrEqualTo(WorkerCodec.LONGEST);
        WorkerProfile read =
                find(WorkerId.instance("pod")).orElseThrow().profile().orElseThrow();
        assertThat(read.running()).isEqualTo(20);
        assertThat(read.jobs()).isNotEmpty().hasSizeLessThan(20).allMatch(jobs::contains);
        assertThat(read.serving().handlers()).isNotEmpty().isSubsetOf(handlers);
        assertThat(answer(store.knows(new HandlerName("handler-199"))))
                .as("cut only where it is shown")
                .isTrue();
    }

    @Test
    void recoveriesAreBounded() {
        Duration years = Duration.ofDays(3650);
        Recovery lengthy = new Recovery(
                "second",
                NoticedBy.SUBSCRIPTION_LOST,
                years,
                1_000_000_000,
                new Recovery.Restored(Optional.of(years), Optional.of(years), Optional.of(years)));
        Recovery latest = new Recovery(
                "first",
                NoticedBy.PROBE,
                Duration.ZERO,
                1,
                new Recovery.Restored(Optional.empty(), Optional.empty(), Optional.empty()));
        List<Recovery> many = new ArrayList<>(Collections.nCopies(40, lengthy));
        many.add(latest);

        heard(new Sighting(
                WorkerId.instance("pod"), LONG, Optional.of(remote()), true, Duration.ZERO, Optional.of(many)));

        assertThat(send(Command.HGET, WorkerKeys.PREFIX + "instance pod", "recoveries")
                        .length())
                .isBetween(HealthText.LONGEST / 2, HealthText.LONGEST + 20);
        assertThat(find(WorkerId.instance("pod")).orElseThrow().recoveries().recoveries())
                .hasSizeLessThan(40)
                .endsWith(lengthy, latest);
    }

    @Test
    void oldestOfTooManyGo() {
        heard(sighting(WorkerId.instance("pod"), SHORT, remote()));
        for (int from = 0; from < WorkerStore.MOST_WORKERS + 400; from += WorkerStore.MOST_TOGETHER) {
            List<Sighting> batch = new ArrayList<>();
            for (int i = from; i < from + WorkerStore.MOST_TOGETHER; i++) {
                batch.add(touch("w-" + i, LONG));
            }
            answer(store.heard(batch, change()));
        }

        assertThat(count(WorkerKeys.REMOTE)).isEqualTo(WorkerStore.MOST_WORKERS);
        assertThat(count(WorkerKeys.NAMES)).isEqualTo(WorkerStore.MOST_WORKERS + 1);
        assertThat(find(WorkerId.remote("w-0"))).isEmpty();
        assertThat(find(WorkerId.remote("w-" + (WorkerStore.MOST_WORKERS + 399))))
                .isPresent();
        assertThat(find(WorkerId.instance("pod"))).as("of another kind").isPresent();
    }

    @Test
    void whatRemoteWorkersServeIsKeptOnceAndBounded() {
        for (int i = 0; i < 3; i++) {
            heard(sighting(WorkerId.remote("same-" + i), LONG, remote()));
        }
        assertThat(count(WorkerKeys.SERVED)).isEqualTo(1);

        for (int i = 0; i < WorkerStore.MOST_SERVED + 5; i++) {
            Serving other = new Serving(Set.of(QUEUE), Set.of(new HandlerName("h-" + i)));
            heard(sighting(
                    WorkerId.remote("w-" + i),
                    LONG,
                    WorkerProfile.ofRemote(Optional.empty(), OptionalInt.empty(), other)));
        }
        assertThat(count(WorkerKeys.SERVED)).isEqualTo(WorkerStore.MOST_SERVED);
        assertThat(send(Command.HLEN, WorkerKeys.TEXTS)).isEqualTo(Integer.toString(WorkerStore.MOST_SERVED));
        assertThat(answer(announcements().availability(new QueueName("nobodys"), HANDLER)))
                .as("it cannot be told any more")
                .isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void oldestOfTooManyHandlersGo() {
        for (int i = 0; i < WorkerStore.MOST_HANDLERS + 200; i += 200) {
            int from = i;
            Set<HandlerName> some = IntStream.range(from, from + 200)
                    .mapToObj(each -> new HandlerName("h-" + each))
                    .collect(Collectors.toSet());
            heard(sighting(
                    WorkerId.remote("w"),
                    LONG,
                    WorkerProfile.ofRemote(Optional.empty(), OptionalInt.empty(), new Serving(Set.of(QUEUE), some))));
        }

        assertThat(count(WorkerKeys.HANDLERS)).isEqualTo(WorkerStore.MOST_HANDLERS);
        assertThat(answer(store.knows(new HandlerName("h-0")))).isFalse();
        assertThat(answer(store.knows(new HandlerName("h-10199")))).isTrue();
    }

    @Test
    void handlerIsForgottenAfterThirtyDays() {
        heard(sighting(WorkerId.remote("w"), SHORT, remote()));
        String version = answer(store.news("-", "-")).handlersVersion();

        redis.step(Duration.ofDays(30).plusMinutes(1));
        heard(touch("other", LONG));

        assertThat(answer(store.knows(HANDLER))).isFalse();
        assertThat(answer(store.news("-", version)).handlers()).contains(Set.of());
    }

    @Test
    void workersAreKnownWhileRedisIsFull() {
        HandlerName mail = new HandlerName("mail");
        send(Command.CONFIG, "SET", "maxmemory", "1");
        try {
            answer(announcements().announce(new Serving(Set.of(QUEUE), Set.of(mail)), LONG));
            heard(sighting(WorkerId.remote("w"), LONG, remote()));

            assertThat(answer(announcements().availability(QUEUE, mail))).isEqualTo(Availability.AVAILABLE);
            assertThat(answer(announcements().availability(QUEUE, HANDLER))).isEqualTo(Availability.AVAILABLE);
            assertThat(find(WorkerId.remote("w"))).isPresent();
        } finally {
            send(Command.CONFIG, "SET", "maxmemory", "0");
        }
    }

    @Test
    void clockThatStepsBackKeepsNobodyForLong() {
        heard(sighting(WorkerId.remote("w"), LONG, remote()));
        redis.step(Duration.ofDays(-1));
        heard(touch("other", LONG));

        redis.step(Duration.ofMinutes(11));
        assertThat(find(WorkerId.remote("w"))).isEmpty();
        assertThat(answer(announcements().availability(QUEUE, HANDLER))).isEqualTo(Availability.NO_QUEUE);
    }

    @Test
    void spoiledEntriesAreLeftOut() {
        heard(sighting(WorkerId.remote("a"), LONG, remote()), touch("b", LONG), touch("c", LONG));
        send(Command.HSET, WorkerKeys.PREFIX + "remote a", "says", "what");
        send(Command.DEL, WorkerKeys.PREFIX + "remote b");
        send(Command.SET, WorkerKeys.PREFIX + "remote b", "x");
        send(Command.ZADD, WorkerKeys.NAMES, "0", "nonsense");
        send(Command.ZADD, WorkerKeys.HANDLERS, "1", "no handler");

        assertThat(page(Optional.empty(), 10).workers())
                .extracting(KnownWorker::id)
                .containsExactly(WorkerId.remote("c"));
        assertThat(answer(store.news("-", "-")).handlers().orElseThrow()).containsExactly(HANDLER);
        assertThat(answer(store.handlersSeen())).containsOnlyKeys(HANDLER);
    }

    @Test
    void jobsOfWorkersAreThoseThatRunUnderTheirTokens() {
        for (int i = 0; i < 30; i++) {
            answer(redis.jobs()
                    .enqueue(JobDraft.job(QUEUE, "job-" + i).handledBy("resize").build()));
        }
        claim("img-1.t1", 24);
        claim("img-1.x.t2", 2);
        claim("other.t3", 2);

        HeldJobs first = answer(store.jobs(QUEUE, Set.of("img-1", "img-1.x", "idle"), 0, 10));
        HeldJobs all = answer(store.jobs(QUEUE, Set.of("img-1", "img-1.x", "idle"), 0, 100));

        assertThat(first.lookedAt()).isEqualTo(10);
        assertThat(all.lookedAt()).isEqualTo(28);
        assertThat(all.byWorker()).containsOnlyKeys("img-1", "img-1.x");
        assertThat(all.byWorker().get("img-1").count()).isEqualTo(24);
        assertThat(all.byWorker().get("img-1").some()).hasSize(20).allSatisfy(job -> {
            assertThat(job.handler()).isEqualTo(HANDLER);
            assertThat(job.startedAt()).isBetween(now().minusSeconds(40), now());
        });
        assertThat(all.byWorker().get("img-1.x").count()).isEqualTo(2);
        assertThat(answer(store.jobs(new QueueName("none"), Set.of("img-1"), 0, 10))
                        .lookedAt())
                .isZero();
    }

    private void claim(String token, int most) {
        List<Job> jobs = answer(redis.leases()
                        .claim(new ClaimRequest(
                                QUEUE, "me", token, most, Duration.ofMinutes(10), Served.of(Set.of(HANDLER)))))
                .jobs();
        assertThat(jobs).hasSize(most);
    }

    private long count(String sortedSet) {
        return Long.parseLong(send(Command.ZCARD, sortedSet));
    }

    private String send(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        return redis.send(request).toString();
    }
}
