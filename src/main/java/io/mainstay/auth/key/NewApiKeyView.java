package io.mainstay.auth.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.rest.AuditDetail;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A new key: the only time that it is shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record NewApiKeyView(String id, String key) implements AuditDetail {

    /** The path does not name it. */
    @Override
    public String auditDetail() {
        return "key=" + id;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "NewApiKeyView[id=" + id + "]";
    }
}
