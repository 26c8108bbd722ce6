package io.mainstay.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** A record as shown; members that are null are not. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record AuditView(
        String id,
        Instant at,
        String caller,
        String callerName,
        String operation,
        String queue,
        String object,
        String from,
        Integer status,
        String detail) {

    static AuditView of(AuditEntry entry) {
        AuditRecord record = entry.record();
        return new AuditView(
                entry.id().text(),
                entry.at(),
                record.callerId(),
                record.callerName(),
                record.operation(),
                record.queue(),
                record.object(),
                record.from(),
                record.status() == 0 ? null : record.status(),
                record.detail());
    }
}
