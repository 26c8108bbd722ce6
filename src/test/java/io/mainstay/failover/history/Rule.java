package io.mainstay.failover.history;

/** What no fault excuses, but for what the checks say. */
public enum Rule {
    /** An acknowledged job ends, once, and stays ended. */
    ONE_END("every acknowledged job has exactly one end"),
    /** Dead or cancelled because a handler, an expiry, a deadline or a request says so. */
    REASON_TO_DIE("every dead job was failed by a handler, or ended by its expiry, deadline or a cancel"),
    /** No attempt is counted that nobody began, none is begun that is not counted. */
    ATTEMPTS("attempts are as many as handlers saw, ±1 for each killed instance"),
    /** Nothing of one job reaches another. */
    OWN_ANSWER("no answer belongs to another job"),
    /** By a status, and not by 500. */
    ANSWERED("every request of a living instance was answered");

    private final String promise;

    Rule(String promise) {
        this.promise = promise;
    }

    public String promise() {
        return promise;
    }
}
