package io.mainstay.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A page of records as shown.
 *
 * @param next null, and not shown, when all were looked at
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record AuditList(List<AuditView> records, String next) {

    static AuditList of(AuditReader.Page page) {
        return new AuditList(
                page.entries().stream().map(AuditView::of).toList(),
                page.next().map(AuditId::text).orElse(null));
    }
}
