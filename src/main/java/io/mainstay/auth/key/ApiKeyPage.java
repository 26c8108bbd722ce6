package io.mainstay.auth.key;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keys by id.
 *
 * @param now by the store's clock
 * @param version of all keys: another one after each change
 * @param next where the next page begins; empty on the last
 */
public record ApiKeyPage(Instant now, String version, List<ApiKey> keys, Optional<String> next) {

    public ApiKeyPage {
        keys = List.copyOf(keys);
    }
}
