package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.HandlerName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.QueueLimits;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a queue needs somebody for is known to be due, also where little leads to it. */
class DueEntriesTest extends RedisSteps {

    @Test
    void jobsThatARepeatGivesBackAreDue() {
        await(redis.jobs().setLimits(QUEUE, limits(1)));
        enqueue("a", "b");
        assertThat(claim("t", 1).jobs()).hasSize(1);
        assertThat(claimIsDue()).isFalse();

        assertThat(claim("t", 0).jobs()).isEmpty();
        assertThat(claimIsDue()).isTrue();
    }

    @Test
    void groupThatADeletionFreesIsDueThoughNobodyGoesOnWithIt() {
        HandlerName paused = new HandlerName("paused");
        await(redis.jobs().setPaused(QUEUE, paused, true));
        JobDraft draft = JobDraft.job(QUEUE, "parked").inOrderOf("g");
        await(redis.jobs()
                .enqueue(new JobDraft(
                                draft.queue(),
                                draft.id(),
                                draft.start(),
                                draft.priority(),
                                draft.maxAttempts(),
                                draft.options(),
                                paused,
                                draft.payload())
                        .build()));
        assertThat(claim("t", 1).jobs()).isEmpty();
        await(redis.jobs().enqueue(JobDraft.job(QUEUE, "behind").inOrderOf("g").build()));
        claim("t2", 0);
        assertThat(claimIsDue()).isFalse();

        await(redis.queues().deleteSome(QUEUE, true, 1));
        assertThat(claimIsDue()).isTrue();
    }

    @Test
    void resumeOfAQueueThatNeverWasLeavesNothing() {
        await(redis.jobs().setPaused(QUEUE, true));
        await(redis.jobs().setPaused(QUEUE, false));
        claim("t", 1);

        assertThat(redis.send(Request.cmd(Command.KEYS).arg("*")).size()).isZero();
    }

    private static QueueLimits limits(int concurrency) {
        return new QueueLimits(
                OptionalLong.empty(),
                OptionalInt.of(concurrency),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private boolean claimIsDue() {
        int bucket = Buckets.of(QUEUE);
        // The first look takes all there is.
        await(redis.due().due(bucket, Duration.ZERO));
        List<DueQueue> due = await(redis.due().due(bucket, Duration.ZERO)).queues();
        return due.stream().anyMatch(each -> each.work() == DueWork.CLAIM && each.now());
    }
}
