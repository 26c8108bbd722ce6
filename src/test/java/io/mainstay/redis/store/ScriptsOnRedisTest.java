package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a real Redis can show: its script cache, and hashes that somebody else spoiled. */
class ScriptsOnRedisTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final RedisKeys KEYS = new RedisKeys(QUEUE);
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        redis = new RedisUnderTest(RedisServerForTests.address(), 100);
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void emptiedScriptCacheIsNotNoticed() {
        enqueue("one");
        claim("warm");

        redis.send(Request.cmd(Command.SCRIPT).arg("FLUSH"));
        enqueue("two");
        redis.send(Request.cmd(Command.SCRIPT).arg("FLUSH"));
        assertThat(claim("after").jobs()).extracting(Job::id).containsExactly(new JobId("two"));
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void everyScriptIsUnderstoodByRedis(Script script) {
        String sha = redis.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.text()))
                .toString();
        assertThat(sha).isEqualTo(script.sha());
    }

    @Test
    void dueJobIsAnnouncedOnlyWhenItFindsTheQueueEmpty() {
        List<String> announced = redis.listen(RedisKeys.WAKE_CHANNEL);
        enqueue("first");
        enqueue("second");
        claim("both");
        enqueue("third");
        redis.send(Request.cmd(Command.PUBLISH).arg(RedisKeys.WAKE_CHANNEL).arg("the end"));

        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("the end"));
        assertThat(announced).containsExactly("q", "q", "the end");
    }

    @Test
    void retryAndDelayedJobAreAnnouncedIfTheyAreDueSoonerThanWhatIsKnown() {
        List<String> announced = redis.listen(RedisKeys.WAKE_CHANNEL);
        await(redis.jobs()
                .enqueue(JobDraft.job(QUEUE, "later")
                        .after(Duration.ofSeconds(50))
                        .build()));
        await(redis.jobs()
                .enqueue(JobDraft.job(QUEUE, "latest")
                        .after(Duration.ofSeconds(59))
                        .build()));
        await(redis.jobs()
                .enqueue(JobDraft.job(QUEUE, "far").after(Duration.ofHours(1)).build()));
        redis.send(Request.cmd(Command.PUBLISH).arg(RedisKeys.WAKE_CHANNEL).arg("enqueued"));
        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("enqueued"));
        assertThat(announced).containsExactly("q", "enqueued");

        enqueue("failing");
        Job job = claim("t").jobs().get(0);
        Settlement fail =
                new Settlement.Fail(new Lease(job.id(), "t"), "oops", "again", Optional.of(Duration.ofSeconds(10)));
        await(redis.leases().settle(QUEUE, List.of(fail)));
        redis.send(Request.cmd(Command.PUBLISH).arg(RedisKeys.WAKE_CHANNEL).arg("failed"));
        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("failed"));
        assertThat(announced).containsExactly("q", "enqueued", "q", "q", "failed");
    }

    @Test
    void everyKeyOfAPrivateQueueExpiresWhereverItsInstanceDies() {
        QueueName own = QueueName.privateTo("0190");
        Lease lease = new Lease(new JobId("a"), "t2");
        ClaimRequest claim = new ClaimRequest(own, "me", "t1", 1, Duration.ofMinutes(1));

        await(redis.jobs().enqueue(JobDraft.job(own, "a").build()));
        assertThat(keysOfPrivateQueues()).isEqualTo(4);
        await(redis.leases().claim(claim));
        assertThat(keysOfPrivateQueues()).isEqualTo(6);
        await(redis.leases().settle(own, List.of(new Settlement.Release(new Lease(new JobId("a"), "t1")))));
        assertThat(keysOfPrivateQueues()).isEqualTo(6);
        await(redis.leases().claim(new ClaimRequest(own, "me", "t2", 1, Duration.ofMinutes(1))));
        await(redis.leases().settle(own, List.of(new Settlement.Complete(lease, Optional.empty()))));
        assertThat(keysOfPrivateQueues()).isEqualTo(6);
        assertThat(redis.allQueues()).isEmpty();
    }

    /** @return how many there are; all expire */
    private int keysOfPrivateQueues() {
        Response keys = redis.send(Request.cmd(Command.KEYS).arg("ms:{*}:mainstay.canary.*"));
        for (Response key : keys) {
            assertThat(redis.send(Request.cmd(Command.PTTL).arg(key.toString())).toLong())
                    .as(key.toString())
                    .isBetween(1L, 300_000L);
        }
        return keys.size();
    }

    @ParameterizedTest
    @CsvSource({
        "a, three",
        "e, yesterday",
        "errors, none",
        "s, high 3 60000 f:0 noop null",
        "s, 4 0 60000 f:0 noop null",
        "s, 4 3 -1 f:0 noop null",
        "s, 4 3 60000 sometimes noop null",
        "s, 4 3 60000"
    })
    void spoiledFieldSetsTheJobAsideAndStopsNobody(String field, String value) {
        enqueue("spoiled");
        enqueue("sound");
        redis.send(Request.cmd(Command.HSET)
                .arg(KEYS.job(new JobId("spoiled")))
                .arg(field)
                .arg(value));

        assertThat(claim("c").jobs()).extracting(Job::id).containsExactly(new JobId("sound"));
        assertSetAside("spoiled");
    }

    @Test
    void somethingElseUnderTheKeySetsTheJobAsideAndIsKept() {
        enqueue("spoiled");
        enqueue("sound");
        String key = KEYS.job(new JobId("spoiled"));
        redis.send(Request.cmd(Command.SET).arg(key).arg("a string"));

        assertThat(claim("c").jobs()).extracting(Job::id).containsExactly(new JobId("sound"));
        assertSetAside("spoiled");
        String kept = redis.send(Request.cmd(Command.GET).arg(KEYS.corruptPrefix() + "spoiled"))
                .toString();
        assertThat(kept).isEqualTo("a string");
    }

    @Test
    void lostHashSetsTheJobAside() {
        enqueue("lost");
        redis.send(Request.cmd(Command.DEL).arg(KEYS.job(new JobId("lost"))));

        assertThat(claim("c").jobs()).isEmpty();
        assertSetAside("lost");
    }

    @Test
    void spoiledJobIsPrunedWithItsOriginal() {
        enqueue("spoiled");
        redis.send(Request.cmd(Command.HDEL).arg(KEYS.job(new JobId("spoiled"))).arg("s"));
        claim("c");
        assertSetAside("spoiled");

        await(redis.leases().prune(QUEUE, new Retention(JobState.DEAD, Duration.ZERO, 0, 10)));
        assertThat(redis.send(Request.cmd(Command.KEYS).arg("*spoiled*")).size())
                .isZero();
    }

    @Test
    void existingJobThatCannotBeReadFailsOnlyTheEnqueueThatMeetsIt() {
        enqueue("spoiled");
        redis.send(Request.cmd(Command.HSET)
                .arg(KEYS.job(new JobId("spoiled")))
                .arg("errors")
                .arg("none"));
        List<CompletableFuture<Enqueued>> answers = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> allSent = new CompletableFuture<>();
        // On its event loop, so that all but the first go together.
        redis.links().loop().execute(() -> {
            for (String id : List.of("first", "before", "spoiled", "behind")) {
                answers.add(
                        redis.jobs().enqueue(JobDraft.job(QUEUE, id).build()).subscribeAsCompletionStage());
            }
            allSent.complete(null);
        });
        allSent.join();

        assertThatThrownBy(answers.remove(2)::join).hasCauseInstanceOf(JobCodec.UnreadableJobException.class);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Enqueued.Created.class));
    }

    /** The claim does not wait for it; until then nobody can read the job, or there is none. */
    private void assertSetAside(String id) {
        Awaitility.await().atMost(DEADLINE).ignoreExceptions().untilAsserted(() -> {
            Job job = await(redis.jobs().find(QUEUE, new JobId(id))).orElseThrow();
            assertThat(job.state()).isEqualTo(JobState.DEAD);
            assertThat(job.status().errors()).extracting(AttemptError::type).containsExactly("unreadable");
        });
    }

    private void enqueue(String id) {
        JobSpec spec = new JobSpec(
                new HandlerName("noop"),
                Json.NULL,
                4,
                new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO)),
                Duration.ofMinutes(1));
        await(redis.jobs().enqueue(new NewJob(QUEUE, new JobId(id), spec, StartTime.NOW)));
    }

    private Claimed claim(String token) {
        return await(redis.leases().claim(new ClaimRequest(QUEUE, "me", token, 10, Duration.ofMinutes(1))));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
