package io.mainstay.redis.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.hook.NoticeStore;
import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.store.Buckets;
import io.mainstay.redis.store.RedisUnderTest;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of outboxes is Redis's own business: bounds, and what is spoiled. */
class RedisNoticeStoreTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final int MOST = 5000;
    private static final int MOST_BYTES = 1 << 20;

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 10);
    private final NoticeStore store = new RedisNoticeStore(redis.calls());
    private int bucket;
    private String outbox;
    private String hooks;

    @BeforeEach
    void wantDeaths() {
        var wanted = new NoticeStore.Wanted(1, QueuePatterns.ALL, new QueuePatterns(List.of()));
        redis.send(Request.cmd(Command.FLUSHALL));
        for (int each = 0; each < store.buckets(); each++) {
            answer(store.want(each, wanted));
        }
        die("probe");
        for (int each = 0; each < store.buckets(); each++) {
            if (!read(each).notices().isEmpty()) {
                bucket = each;
                answer(store.done(each, 0, read(each).notices()));
            }
        }
        outbox = Buckets.prefixOf(bucket) + ":notices";
        hooks = Buckets.prefixOf(bucket) + ":hooks";
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void beyondTheirNumberTheOldestNoticesAreDroppedAndCounted() {
        fill(MOST, "old ");
        die("a");
        die("b");

        assertThat(read(bucket).dropped()).isEqualTo(2);
        assertThat(size()).isEqualTo(MOST);
        answer(store.done(bucket, 2, List.of()));
        answer(store.done(bucket, 2, List.of()));
        assertThat(read(bucket).dropped()).isZero();
        die("c");
        assertThat(read(bucket).dropped()).isEqualTo(1);
    }

    @Test
    void beyondTheirBytesTheOldestNoticesAreDropped() {
        fill(10, "x".repeat(MOST_BYTES / 10 - 2));
        redis.send(Request.cmd(Command.HSET).arg(hooks).arg("bytes").arg(10 * (MOST_BYTES / 10 - 1)));
        die("a");

        assertThat(size()).isEqualTo(10);
        assertThat(read(bucket).dropped()).isEqualTo(1);
    }

    @Test
    void bytesAreThoseOfTheNotices() {
        die("a");
        die("b");
        List<String> notices = read(bucket).notices();
        answer(store.done(bucket, 0, notices.subList(0, 1)));
        assertThat(redis.send(Request.cmd(Command.HGET).arg(hooks).arg("bytes")).toInteger())
                .isEqualTo(notices.get(1).length());

        answer(store.done(bucket, 0, notices));
        assertThat(redis.send(Request.cmd(Command.HGET).arg(hooks).arg("bytes")))
                .isNull();
    }

    /** Hooks may name thousands of queues, and to go through them for each death would hold up all others. */
    @Test
    void whatHooksWantIsAskedOnceForAllDeathsOfACall() {
        List<Settlement> deaths = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answer(redis.jobs().enqueue(JobDraft.job(QUEUE, "job-" + i).build()));
            claim("t-" + i);
            Lease lease = new Lease(new JobId("job-" + i), "t-" + i);
            deaths.add(new Settlement.Fail(lease, "boom", "it broke", Optional.empty()));
        }
        redis.send(Request.cmd(Command.CONFIG).arg("RESETSTAT"));
        answer(redis.leases().settle(QUEUE, deaths));

        String stats = redis.send(Request.cmd(Command.INFO).arg("commandstats")).toString();
        Matcher reads = Pattern.compile("cmdstat_hget:calls=(\\d+),").matcher(stats);
        assertThat(size()).isEqualTo(50);
        assertThat(reads.find()).isTrue();
        // Each job is read itself.
        assertThat(Integer.parseInt(reads.group(1))).isLessThanOrEqualTo(51);
    }

    @Test
    void jobThatCannotBeReadLeavesANotice() {
        answer(redis.jobs().enqueue(JobDraft.job(QUEUE, "spoiled").build()));
        redis.send(Request.cmd(Command.DEL).arg(Buckets.prefixOf(bucket) + "q:job:spoiled"));
        claim("t");

        assertThat(read(bucket).notices()).singleElement().asString().contains("\"spoiled\"", "\"unreadable\"");
    }

    @Test
    void noticesThatNobodyKnowsToBeDueAreFound() {
        die("a");
        redis.send(Request.cmd(Command.ZREM).arg(Buckets.next(bucket)).arg(" hooks"));
        for (int part = 0; part < 8; part++) {
            answer(redis.due().check(Duration.ZERO));
        }

        assertThat(answer(redis.due().due(bucket, Duration.ZERO)).notices()).isPresent();
    }

    private void fill(int count, String text) {
        Request add = Request.cmd(Command.ZADD).arg(outbox);
        for (int i = 0; i < count; i++) {
            add.arg(i).arg(text + i);
        }
        redis.send(add);
    }

    private int size() {
        return redis.send(Request.cmd(Command.ZCARD).arg(outbox)).toInteger();
    }

    private NoticeStore.Outbox read(int each) {
        return answer(store.outbox(each, 10, Duration.ZERO));
    }

    private void die(String id) {
        answer(redis.jobs().enqueue(JobDraft.job(QUEUE, id).build()));
        claim("t-" + id);
        Lease lease = new Lease(new JobId(id), "t-" + id);
        answer(redis.leases().settle(QUEUE, List.of(new Settlement.Fail(lease, "boom", "it broke", Optional.empty()))));
    }

    private void claim(String token) {
        answer(redis.leases().claim(SomeClaim.of(QUEUE, "worker", token, 1, Duration.ofHours(1))));
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(40));
    }
}
