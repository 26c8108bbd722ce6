package io.mainstay.hook;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.Rounds;
import io.mainstay.job.JobState;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Brings notices from outboxes into the queue whose jobs send them. Any instance does, whose poll comes upon them; two at a time do no
 * harm. A notice is struck off once its jobs are enqueued, and not before; their ids follow from it, so an instance that ends in between
 * leaves what another one does again without a second job.
 */
@Singleton
class OutboxRounds implements DueListener, JobObserver {

    private static final Logger LOG = Logger.getLogger(OutboxRounds.class);
    /** Bounds one call. */
    private static final int BATCH = 100;
    /** Bounds a round; a later poll tells of the rest. */
    private static final int BATCHES = 20;
    /** A round that has not brought them by then has failed. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final NoticeStore notices;
    private final KnownHooks hooks;
    private final NoticeSender sender;
    private final HookMeters meters;
    private final Rounds<Integer> rounds = new Rounds<>("notices for hooks", this::bring);

    OutboxRounds(NoticeStore notices, KnownHooks hooks, NoticeSender sender, HookMeters meters) {
        this.notices = notices;
        this.hooks = hooks;
        this.sender = sender;
        this.meters = meters;
    }

    @Override
    public void due(List<DueQueue> queues) {
        // Queues are for others.
    }

    @Override
    public void noticesDue(int bucket, Duration in) {
        if (in.isZero() || in.isNegative()) {
            rounds.add(bucket, bucket);
        }
    }

    /** A job that dies here is told of at once; what others have ended, or a claim, the poll finds. */
    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (became == JobState.DEAD && hooks.any() && !attempt.queue().isReserved()) {
            int bucket = notices.bucketOf(attempt.queue());
            rounds.add(bucket, bucket);
        }
    }

    /** Completes when nothing is under way. */
    Uni<Void> idle() {
        return rounds.idle();
    }

    private Uni<Void> bring(int bucket) {
        return Multi.createBy()
                .repeating()
                .uni(() -> bringSome(bucket))
                .whilst(found -> found > 0)
                .select()
                .first(BATCHES)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "notices of bucket %d left to a later round", bucket))
                .onFailure()
                .recoverWithNull();
    }

    /** How many there were. */
    private Uni<Integer> bringSome(int bucket) {
        return notices.outbox(bucket, BATCH, AGAIN).chain(outbox -> {
            hooks.saw(outbox.version());
            // First, for the others may have to wait for long.
            return tellOfDropped(bucket, outbox.dropped()).chain(() -> bring(bucket, outbox.notices()));
        });
    }

    private Uni<Integer> bring(int bucket, List<String> texts) {
        if (texts.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        // A hook that has them noted is there before the first is: whoever reads hooks after notices knows all that
        // want them.
        return hooks.refresh()
                .chain(() -> sender.send(read(texts), hooks))
                .chain(() -> notices.done(bucket, 0, texts))
                .replaceWith(texts.size());
    }

    private static List<Notice> read(List<String> texts) {
        List<Notice> read = new ArrayList<>();
        for (String text : texts) {
            Notice.read(text)
                    .ifPresentOrElse(read::add, () -> LOG.warn("A notice in Redis cannot be read and is not sent"));
        }
        return read;
    }

    private Uni<Void> tellOfDropped(int bucket, long dropped) {
        if (dropped == 0) {
            return Uni.createFrom().voidItem();
        }
        return notices.done(bucket, dropped, List.of()).invoke(() -> {
            meters.dropped(dropped);
            LOG.warnf("%d notices were dropped because they could not be enqueued in time; they are not sent", dropped);
        });
    }
}
