package io.mainstay.mirror;

import io.mainstay.job.JobId;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one of the two stores of mirrored queues is asked and told. Every call may be repeated when its answer was lost. All
 * of them are bounded, and a store that cannot answer fails with {@link io.mainstay.job.StoreUnavailableException}.
 */
public interface MirrorStore {

    /** Jobs in one call. */
    int MOST = 1000;

    /** Jobs that one call moves. */
    int MOST_MOVED = 200;

    /** How long changes are left to who was given them: less than two rounds are apart. */
    Duration LEFT_FOR = Duration.ofMillis(250);

    Uni<MirrorLook> look(QueueName queue);

    /**
     * Has the store be something else to the queue, if it is what the caller believes.
     *
     * @param believed empty if it knows of no such queue
     * @param wanted with the run that the caller has seen, or with {@link Mirror#UNKNOWN}
     * @return what it is then
     */
    Uni<Optional<Mirror>> set(QueueName queue, Optional<Mirror> believed, Mirror wanted);

    /**
     * Has the store have other pauses and limits, if it is what the caller believes, as far as role and epoch go, and has those that the caller has seen there; else
     * nothing happens.
     */
    Uni<Void> apply(QueueName queue, Mirror believed, MirrorSettings seen, MirrorSettings wanted);

    /** Says, where the copies are, that the owner of that epoch works. */
    Uni<Void> ownerWorks(QueueName queue, long epoch);

    /**
     * Makes the store with the copies of that epoch the owner if nobody said for so long that the owner works, and starts {@link
     * #MOST_MOVED} copies. To be called until none is left.
     */
    Uni<Takeover> takeOver(QueueName queue, long epoch, Duration hold);

    /**
     * Has the store be the one with the copies of an owner elsewhere, and makes copies of {@link #MOST_MOVED} jobs that wait or run. To
     * be called until there are none.
     */
    Uni<GivenUp> giveUp(QueueName queue, long epoch);

    /** @param alone whether the owner is away, so that it is to hear of the job, and has not let it in */
    Uni<Copied> copy(NewJob job, long epoch, boolean alone);

    /** The other store is to hear of these. */
    Uni<Void> note(QueueName queue, List<JobId> ids);

    /** Changes that the other store has not heard of; ended jobs without their payloads. */
    Uni<OutboxPage> outbox(QueueName queue);

    /**
     * The same, but for changes that somebody else was given by this call within {@link #LEFT_FOR}: who asks at the same time gets others. What is still there
     * after that time is given again, whoever was to tell of it.
     */
    Uni<OutboxPage> nextChanges(QueueName queue);

    /** Some jobs, with their payloads. */
    Uni<OutboxPage> whole(QueueName queue, List<JobId> ids);

    /** The other store has heard of these. Those that have changed since stay. */
    Uni<Void> heard(QueueName queue, List<OutboxEntry> entries);

    /** @param believed what the store is, as far as role and epoch go */
    Uni<Heard> tell(QueueName queue, Mirror believed, List<OutboxEntry> entries);

    Uni<LivePage> live(QueueName queue, LivePage.Cursor from);

    /** Compares jobs of the other store with those that are here. */
    Uni<Compared> compare(QueueName queue, List<JobVersion> jobs);
}
