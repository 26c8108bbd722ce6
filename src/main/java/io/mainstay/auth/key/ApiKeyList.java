package io.mainstay.auth.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of keys as shown; {@code next} is null, and not shown, on the last. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ApiKeyList(List<ApiKeyView> keys, String next) {

    static ApiKeyList of(ApiKeyPage page) {
        return new ApiKeyList(
                page.keys().stream().map(ApiKeyView::of).toList(), page.next().orElse(null));
    }
}
