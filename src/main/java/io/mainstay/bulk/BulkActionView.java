package io.mainstay.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.AuditDetail;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What came of a request about many jobs; {@code next} is null, and not shown, when all were looked at. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record BulkActionView(int count, String next) implements AuditDetail {

    @Override
    public String auditDetail() {
        return "count=" + count;
    }

    static BulkActionView of(BulkActionResult done) {
        return new BulkActionView(done.count(), done.next().orElse(null));
    }
}
