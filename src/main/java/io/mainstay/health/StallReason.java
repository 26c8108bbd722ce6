package io.mainstay.health;

/** Why an instance is taken to make no progress. */
public enum StallReason {
    /** An event loop is blocked. */
    LOOP_FROZEN("loop-frozen"),
    /** Attempts run past their time-out without having been stopped. */
    WORKERS_LOST("workers-lost"),
    /** No canary job ran. */
    NO_PROOF("no-proof"),
    /** A served queue has due jobs and is not claimed from. */
    DUE_JOBS_STUCK("due-jobs-stuck"),
    /** The watchdog itself does not run, so it repairs nothing either. */
    WATCHDOG_DEAD("watchdog-dead");

    private final String slug;

    StallReason(String slug) {
        this.slug = slug;
    }

    /** For probes, logs and metrics; does not change. */
    public String slug() {
        return slug;
    }
}
