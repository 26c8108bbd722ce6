package io.mainstay.redis.workers;

import io.mainstay.redis.settings.SettingKeys;

/** Names of what Redis has of workers. */
final class WorkerKeys {

    private static final String TAG = SettingKeys.TAG + "workers:";

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
    /** Names by when a worker that has the handler was last heard of. */
    static final String HANDLERS = TAG + "handlers";
    /** Kinds and names of workers by until when they are drained. */
    static final String DRAINS = TAG + "drains";

    private WorkerKeys() {}
}
