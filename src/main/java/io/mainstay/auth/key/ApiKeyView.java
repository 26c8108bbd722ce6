package io.mainstay.auth.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A key as it is shown: without what it is proven by. Null members are not shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ApiKeyView(
        String id,
        String name,
        List<String> roles,
        List<String> queues,
        boolean payload,
        String createdBy,
        String createdAt,
        String expiresAt) {

    static ApiKeyView of(ApiKey key) {
        return new ApiKeyView(
                key.id(),
                key.grant().name(),
                key.grant().roleLabels(),
                key.grant().queues().patterns(),
                key.grant().payload(),
                key.createdBy(),
                key.createdAt().toString(),
                key.expiresAt().map(Object::toString).orElse(null));
    }
}
