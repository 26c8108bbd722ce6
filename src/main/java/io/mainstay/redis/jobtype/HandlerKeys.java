package io.mainstay.redis.jobtype;

/** Names of what Redis has of handlers. All share a hash tag that no queue can have, hence one slot of a cluster. */
final class HandlerKeys {

    private static final String TAG = "ms:{:handlers}:";

    /** Texts of declarations, by handler. */
    static final String DECLARED = TAG + "declared";
    /** By handler, what the latest change to its declaration was. */
    static final String REVISIONS = TAG + "revisions";
    /** When each is held: after how many failures, within how many ms. */
    static final String POLICIES = TAG + "policies";
    /** Version and bytes of all. */
    static final String META = TAG + "meta";
    /** Since when each is held that is. */
    static final String HELD = TAG + "held";
    /** Who may try a job of one that is held. */
    static final String PROBES = TAG + "probes";
    /** Prefix of the outcomes of their attempts. */
    static final String OUTCOMES = TAG + "outcomes:";

    private HandlerKeys() {}
}
