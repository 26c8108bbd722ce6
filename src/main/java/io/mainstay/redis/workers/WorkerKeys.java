package io.mainstay.redis.workers;

/** Names of what Redis has of workers. All share a hash tag that no queue can have, hence one slot of a cluster. */
final class WorkerKeys {

    private static final String TAG = "ms:{:workers}:";

    /** What instances serve, by until when that is valid. */
    static final String SERVING = TAG + "serving";
    /** Kinds and names of all workers, all with the same score. */
    static final String NAMES = TAG + "names";
    /** Names by until when they are known; so is the next. */
    static final String INSTANCES = TAG + "instances";

    static final String REMOTE = TAG + "remote";
    /** Prefix of the workers' hashes; a kind, a space and a name behind it. */
    static final String PREFIX = TAG + "worker:";
    /** What tokens have of names that they have not all of, to these names. */
    static final String IN_TOKENS = TAG + "in-tokens";
    /** Digests of what remote workers serve, by until when that is valid; and the texts of these. */
    static final String SERVED = TAG + "served";

    static final String TEXTS = TAG + "texts";
    /** Names by when a worker that has the handler was last heard of; and a token of their latest change. */
    static final String HANDLERS = TAG + "handlers";

    static final String HANDLERS_VERSION = TAG + "handlers:version";
    /** Kinds and names of workers by until when they are drained; and a token of the latest change. */
    static final String DRAINS = TAG + "drains";

    static final String DRAINS_VERSION = TAG + "drains:version";

    private WorkerKeys() {}
}
