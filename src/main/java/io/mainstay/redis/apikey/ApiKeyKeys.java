package io.mainstay.redis.apikey;

/** Names of what Redis has of API keys. All share a hash tag that no queue can have, hence one slot of a cluster. */
final class ApiKeyKeys {

    private static final String TAG = "ms:{:keys}:";

    /** Prefix of the keys' hashes. */
    static final String PREFIX = TAG + "key:";
    /** Ids, all with the same score. */
    static final String IDS = TAG + "ids";
    /** A token of the latest change. */
    static final String VERSION = TAG + "version";

    private ApiKeyKeys() {}
}
