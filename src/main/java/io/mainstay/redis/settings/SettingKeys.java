package io.mainstay.redis.settings;

/**
 * Where Redis has what all instances share and keep copies of: policies, handlers, hooks, workers. All share a hash tag that no queue can
 * have, hence one slot of a cluster, so that one command reads the versions of all.
 */
public final class SettingKeys {

    public static final String TAG = "ms:{:settings}:";

    /** A version of each setting, which changes with it, and counts of theirs. */
    public static final String META = TAG + "meta";

    private SettingKeys() {}
}
