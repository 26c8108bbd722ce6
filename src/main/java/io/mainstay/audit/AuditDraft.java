package io.mainstay.audit;

import io.mainstay.security.Caller;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;

/** What is known of a request before it is answered. For one thread at a time. */
final class AuditDraft {

    /** Where a request has it. */
    static final String KEY = AuditDraft.class.getName();

    private static final AuditedOperation NONE = new AuditedOperation(null, Optional.empty(), Map.of());
    /** What follows may be a secret, as the token of a lease is. */
    private static final int SHOWN_SEGMENTS = 2;

    private final AuditedOperation operation;
    private final Caller caller;
    private final String queue;
    private final String object;
    private String detail;

    /** @param caller null if it is not known */
    AuditDraft(AuditedOperation operation, Caller caller, String queue, String object) {
        this.operation = operation;
        this.caller = caller;
        this.queue = queue;
        this.object = object;
    }

    /** Of a request that was refused before anybody looked at what it asks for. */
    static AuditDraft ofNobody(HttpServerRequest request) {
        return new AuditDraft(NONE, null, null, request.method() + " " + beginning(request.path()));
    }

    AuditedOperation operation() {
        return operation;
    }

    void detail(String text) {
        detail = text;
    }

    AuditRecord record(String from, int status) {
        String id = caller == null ? null : caller.id();
        String name = caller == null ? null : caller.name();
        return new AuditRecord(id, name, operation.id(), queue, object, from, status, detail);
    }

    private static String beginning(String path) {
        int end = 0;
        for (int i = 0; path != null && i <= SHOWN_SEGMENTS && end >= 0; i++) {
            end = path.indexOf('/', i == 0 ? 0 : end + 1);
        }
        return end < 0 || path == null ? path : path.substring(0, end);
    }
}
