package io.mainstay.redis.store;

import io.mainstay.job.ScheduleName;

/** Names of the keys of schedules. All share a hash tag that no queue can have, hence one slot of a cluster. */
final class ScheduleKeys {

    private static final String TAG = "ms:{:schedules}:";

    /** Prefix of the schedules' hashes. */
    static final String PREFIX = TAG + "schedule:";
    /** Names, all with the same score. */
    static final String NAMES = TAG + "names";
    /** Names by next run, or by the end of a claim's lease. */
    static final String DUE = TAG + "due";

    /** The same names by the time for which their place in {@link #DUE} was worked out. */
    static final String TIMED = TAG + "timed";

    /** What the latest claim of each claimant got, for when its answer is lost. */
    static final String RECEIPTS = TAG + "receipts";

    private ScheduleKeys() {}

    static String schedule(ScheduleName name) {
        return PREFIX + name;
    }
}
