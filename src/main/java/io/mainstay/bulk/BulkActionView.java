package io.mainstay.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.AuditDetail;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of a request about many jobs.
 *
 * @param next null, and not shown, when all were looked at
 * @param dryRun true if nothing was changed; null, and not shown, otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record BulkActionView(int count, String next, Boolean dryRun) implements AuditDetail {

    @Override
    public String auditDetail() {
        return (dryRun == null ? "" : "dryRun ") + "count=" + count;
    }

    static BulkActionView of(BulkActionResult done, boolean dryRun) {
        return new BulkActionView(done.count(), done.next().orElse(null), dryRun ? true : null);
    }
}
