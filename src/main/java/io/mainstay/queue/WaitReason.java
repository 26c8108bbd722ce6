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
    /** Its handler asked that it be run again later. */
    SNOOZED,
    /** Its time has come; the next claim or sweep of the queue makes it ready. */
    DUE,
    /** It is due and its queue is paused. */
    PAUSED,
    /** It is due and its handler is paused in this queue. */
    HANDLER_PAUSED,
    /** It is due and as many jobs of its queue run as may. */
    CONCURRENCY,
    /** It is due and as many jobs of its queue were started lately as may. */
    RATE,
    /** It is due and as many jobs of its group run as may. */
    GROUP_CONCURRENCY,
    /** It is due and as many jobs of its group were started lately as may. */
    GROUP_RATE,
    /** It is due and a job of its group before it has not ended. */
    GROUP_ORDER,
    /** It was not started in time; the next claim of the queue that comes to it ends it. */
    EXPIRED,
    /** Its deadline has passed; the next claim of the queue that comes to it once it is due ends it. */
    DEADLINE_PASSED,
    /** It is due and in line for a free worker. */
    IN_LINE,
    /** It is in line and no instance says that it serves its queue and has its handler, see {@link Announcements}. */
    NO_WORKER,
    /** It is in line and its handler is held everywhere, see {@link io.mainstay.queue.handlers.HeldHandlers}. */
    HANDLER_HELD,
    /** It is in line and its target failed again and again: this instance leaves that alone for a while. */
    TARGET_UNAVAILABLE,
    /** A worker has it. */
    RUNNING,
    /** Its worker was not heard of in time; the next claim or sweep of the queue takes the job from it. */
    LEASE_OVER,
    /** It is over. */
    ENDED;

    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name used in JSON. */
    public String wireName() {
        return wireName;
    }
}
