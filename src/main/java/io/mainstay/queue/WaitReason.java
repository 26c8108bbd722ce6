package io.mainstay.queue;

import java.util.Locale;

/** What a job waits for, or why it waits for nothing any more. */
public enum WaitReason {
    /** Other jobs of its flow must end first. */
    WAITING_FOR_PARENTS,
    /** Its time has not come. */
    NOT_DUE,
    /** It failed and waits out its backoff. */
    BACKOFF,
    /** Its handler snoozed it. */
    SNOOZED,
    /** It is due; the next claim or sweep of the queue makes it ready. */
    DUE,
    /** It is due and its queue is paused. */
    PAUSED,
    /** It is due and its handler is paused in this queue. */
    HANDLER_PAUSED,
    /** It is due and its queue is at its concurrency limit. */
    CONCURRENCY,
    /** It is due and its queue is at its rate limit. */
    RATE,
    /** It is due and its group is at its concurrency limit. */
    GROUP_CONCURRENCY,
    /** It is due and its group is at its rate limit. */
    GROUP_RATE,
    /** It is due and an earlier job of its group has not ended. */
    GROUP_ORDER,
    /** It did not start in time; the next claim that reaches it ends it. */
    EXPIRED,
    /** It missed its deadline; the next claim that reaches it once it is due ends it. */
    DEADLINE_PASSED,
    /** It is due and in line for a free worker. */
    IN_LINE,
    /** It is in line and no worker serves its queue and has its handler, see {@link Announcements}. */
    NO_WORKER,
    /** It is in line and its handler is held everywhere, see {@link io.mainstay.queue.handlers.HeldHandlers}. */
    HANDLER_HELD,
    /** It is in line and its target failed repeatedly: this instance sends nothing there for a while. */
    TARGET_UNAVAILABLE,
    /** A worker has it. */
    RUNNING,
    /** Its worker did not extend the lease; the next claim or sweep of the queue takes the job over. */
    LEASE_OVER,
    /** It has ended. */
    ENDED;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name used in JSON. */
    public String wireName() {
        return wireName;
    }
}
