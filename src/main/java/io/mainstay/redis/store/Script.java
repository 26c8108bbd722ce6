package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.redis.connection.LuaScript;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** The Lua scripts, one per verb. What each does, takes and returns is in the head of its file. */
public enum Script implements LuaScript {
    ANNOUNCE,
    API_KEY_ADD,
    API_KEY_GET(LinkKind.READS),
    API_KEY_LIST(LinkKind.READS),
    API_KEY_REMOVE,
    AUDIT,
    AVAILABILITY(LinkKind.READS),
    BULK_CANCEL,
    BULK_COUNT(LinkKind.READS),
    BULK_DELETE,
    BULK_REQUEUE,
    CANCEL,
    CLAIM(LinkKind.CLAIMS),
    COMPLETE,
    DELETE_QUEUE,
    DUE_JOBS(LinkKind.READS),
    ENQUEUE,
    EXPLAIN(LinkKind.READS),
    EXTEND,
    FAIL,
    FIGURES(LinkKind.READS),
    FIND(LinkKind.READS),
    FLOW_CREATE,
    FLOW_DUE(LinkKind.CLAIMS),
    FLOW_GET(LinkKind.READS),
    FLOW_LIST(LinkKind.READS),
    FLOW_PLACE,
    FLOW_REPORT,
    HANDLER_COUNT,
    HANDLER_HOLD,
    HANDLER_OVERVIEW(LinkKind.READS),
    HANDLER_PROBE,
    HANDLER_PUT,
    HANDLER_READ(LinkKind.READS),
    HANDLER_REMOVE,
    HANDOVER(LinkKind.CLAIMS),
    HANDOVER_DONE,
    HOOK_DISABLE,
    HOOK_MARK,
    HOOK_PUT,
    HOOK_READ(LinkKind.READS),
    HOOK_REMOVE,
    LATEST_TOKEN,
    LAYOUT,
    LIMIT,
    LIST(LinkKind.READS),
    LIST_QUEUES(LinkKind.READS),
    LOAD(LinkKind.READS),
    MEMORY(LinkKind.READS),
    MIRROR_ALIVE,
    MIRROR_APPLY,
    MIRROR_COMPARE,
    MIRROR_COPY,
    MIRROR_DEMOTE,
    MIRROR_IDS(LinkKind.READS),
    MIRROR_LOOK,
    MIRROR_NOTE,
    MIRROR_SET,
    MIRROR_SETTINGS,
    MIRROR_TAKEOVER,
    NEXT_CHECK,
    NOTE,
    NOTICES(LinkKind.CLAIMS),
    NOTICES_DONE,
    OUTBOX_DONE,
    OUTBOX_READ(LinkKind.READS),
    PAUSE,
    PAUSE_HANDLER,
    PEND,
    POLICY_NEWS(LinkKind.READS),
    POLICY_PUT,
    POLICY_REMOVE,
    POLICY_RESTORE,
    PRUNE,
    QUARANTINE,
    RELEASE,
    REQUEUE,
    RESCHEDULE,
    SCHEDULE_ADVANCE,
    SCHEDULE_CLAIM(LinkKind.CLAIMS),
    SCHEDULE_DELETE,
    SCHEDULE_GET(LinkKind.READS),
    SCHEDULE_LIST(LinkKind.READS),
    SCHEDULE_PAUSE,
    SCHEDULE_PUT,
    SCHEMA,
    SERVED_HANDLERS(LinkKind.READS),
    SNOOZE,
    STATES(LinkKind.READS),
    STATS_ADD,
    STATS_SERIES(LinkKind.READS),
    WALK,
    WORKER_DRAIN,
    WORKER_HEARD,
    WORKER_JOBS(LinkKind.READS),
    WORKER_LIST(LinkKind.READS),
    WORKER_NEWS(LinkKind.READS),
    WORKER_UNDRAIN;

    private final LinkKind link;
    private final String text;
    private final String sha;

    Script() {
        this(LinkKind.WRITES);
    }

    Script(LinkKind link) {
        this.link = link;
        text = ScriptText.of(name().toLowerCase(Locale.ROOT));
        sha = sha1(text);
    }

    @Override
    public LinkKind link() {
        return link;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String sha() {
        return sha;
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-1", e);
        }
    }
}
