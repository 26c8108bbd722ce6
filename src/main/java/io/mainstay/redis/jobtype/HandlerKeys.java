package io.mainstay.redis.jobtype;

import io.mainstay.redis.settings.SettingKeys;

/** Names of what Redis has of handlers. */
final class HandlerKeys {

    private static final String TAG = SettingKeys.TAG + "handlers:";

    /** Texts of declarations, by handler. */
    static final String DECLARED = TAG + "declared";
    /** By handler, what the latest change to its declaration was. */
    static final String REVISIONS = TAG + "revisions";
    /** When each is held: after how many failures, within how many ms. */
    static final String POLICIES = TAG + "policies";
    /** Since when each is held that is. */
    static final String HELD = TAG + "held";
    /** Who may try a job of one that is held. */
    static final String PROBES = TAG + "probes";
    /** Prefix of the outcomes of their attempts. */
    static final String OUTCOMES = TAG + "outcomes:";

    private HandlerKeys() {}
}
