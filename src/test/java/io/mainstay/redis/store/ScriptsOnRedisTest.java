package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What only a real Redis can show: its script cache, and hashes that somebody else spoiled. */
class ScriptsOnRedisTest extends RedisSteps {

    @Test
    void emptiedScriptCacheIsNotNoticed() {
        enqueue("one");
        claim("warm");

        send(Command.SCRIPT, "FLUSH");
        enqueue("two");
        send(Command.SCRIPT, "FLUSH");
        assertThat(claim("after").jobs()).extracting(Job::id).containsExactly(new JobId("two"));
    }

    @ParameterizedTest
    @EnumSource(Script.class)
    void everyScriptIsUnderstoodByRedis(Script script) {
        String sha = send(Command.SCRIPT, "LOAD", script.text()).toString();
        assertThat(sha).isEqualTo(script.sha());
    }

    @Test
    void dueJobIsAnnouncedOnlyWhenItFindsTheQueueEmpty() {
        List<String> announced = redis.listen(RedisKeys.WAKE_CHANNEL);
        enqueue("first");
        enqueue("second");
        claim("both");
        enqueue("third");
        send(Command.PUBLISH, RedisKeys.WAKE_CHANNEL, "the end");

        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("the end"));
        assertThat(announced).containsExactly("q/echo", "q/echo", "the end");
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
        send(Command.PUBLISH, RedisKeys.WAKE_CHANNEL, "enqueued");
        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("enqueued"));
        assertThat(announced).containsExactly("q", "enqueued");

        enqueue("failing");
        Job job = claim("t").jobs().get(0);
        Settlement fail =
                new Settlement.Fail(new Lease(job.id(), "t"), "oops", "again", Optional.of(Duration.ofSeconds(10)));
        await(redis.leases().settle(QUEUE, List.of(fail)));
        send(Command.PUBLISH, RedisKeys.WAKE_CHANNEL, "failed");
        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("failed"));
        assertThat(announced).containsExactly("q", "enqueued", "q/echo", "q", "failed");
    }

    @Test
    void everyKeyOfAPrivateQueueExpiresWhereverItsInstanceDies() {
        QueueName own = QueueName.privateTo("0190");
        Lease lease = new Lease(new JobId("a"), "t2");
        ClaimRequest claim = SomeClaim.of(own, "me", "t1", 1, Duration.ofMinutes(1));

        await(redis.jobs().enqueue(JobDraft.job(own, "a").build()));
        assertThat(keysOfPrivateQueues()).isEqualTo(4);
        await(redis.leases().claim(claim));
        assertThat(keysOfPrivateQueues()).isEqualTo(6);
        await(redis.leases().settle(own, List.of(new Settlement.Release(new Lease(new JobId("a"), "t1")))));
        assertThat(keysOfPrivateQueues()).isEqualTo(6);
        await(redis.leases().claim(SomeClaim.of(own, "me", "t2", 1, Duration.ofMinutes(1))));
        await(redis.leases().settle(own, List.of(new Settlement.Complete(lease, Optional.empty()))));
        assertThat(keysOfPrivateQueues()).isEqualTo(6);
        assertThat(redis.allQueues()).isEmpty();
    }

    /** @return how many there are; all expire */
    private int keysOfPrivateQueues() {
        Response keys = send(Command.KEYS, "ms:{*}:mainstay.canary.*");
        for (Response key : keys) {
            assertThat(send(Command.PTTL, key.toString()).toLong())
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
        // What a job has that was claimed before: of others not all fields are read.
        send(Command.HSET, KEYS.job(new JobId("spoiled")), "c", "1", field, value);

        assertThat(claim("c").jobs()).extracting(Job::id).containsExactly(new JobId("sound"));
        assertSetAside("spoiled");
    }

    @Test
    void somethingElseUnderTheKeySetsTheJobAsideAndIsKept() {
        enqueue("spoiled");
        enqueue("sound");
        String key = KEYS.job(new JobId("spoiled"));
        send(Command.SET, key, "a string");

        assertThat(claim("c").jobs()).extracting(Job::id).containsExactly(new JobId("sound"));
        assertSetAside("spoiled");
        String kept = send(Command.GET, KEYS.corruptPrefix() + "spoiled").toString();
        assertThat(kept).isEqualTo("a string");
    }

    @Test
    void lostHashSetsTheJobAside() {
        enqueue("lost");
        send(Command.DEL, KEYS.job(new JobId("lost")));

        assertThat(claim("c").jobs()).isEmpty();
        assertSetAside("lost");
    }

    @Test
    void spoiledJobIsPrunedWithItsOriginal() {
        enqueue("spoiled");
        send(Command.HDEL, KEYS.job(new JobId("spoiled")), "s");
        claim("c");
        assertSetAside("spoiled");

        await(redis.leases().prune(QUEUE, new Retention(JobState.DEAD, Duration.ZERO, 0, 10)));
        assertThat(send(Command.KEYS, "*spoiled*").size()).isZero();
    }

    @Test
    void existingJobThatCannotBeReadFailsOnlyTheEnqueueThatMeetsIt() {
        enqueue("spoiled");
        send(Command.HSET, KEYS.job(new JobId("spoiled")), "errors", "none");
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

    private Claimed claim(String token) {
        return claim(token, 10);
    }
}
