package io.mainstay.redis.apikey;

import io.mainstay.auth.Grant;
import io.mainstay.auth.key.ApiKey;
import io.mainstay.auth.key.KeyHash;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** API keys to and from what Redis holds. */
final class ApiKeyCodec {

    private static final Logger LOG = Logger.getLogger(ApiKeyCodec.class);

    /** In the order of API_KEY_FIELDS in lib/api_key.lua. */
    private enum Field {
        HASH,
        GRANT,
        CREATED_BY,
        EXPIRES_AT,
        CREATED_AT
    }

    private ApiKeyCodec() {}

    static List<String> write(ApiKey key) {
        return List.of(
                key.hash().hex(),
                key.grant().line(),
                key.createdBy(),
                key.expiresAt().map(end -> Long.toString(end.toEpochMilli())).orElse(""));
    }

    /** Empty if there is none, or none that can be read. */
    static Optional<ApiKey> read(String id, Response fields) {
        if (fields.size() == 0 || fields.get(Field.HASH.ordinal()) == null) {
            return Optional.empty();
        }
        try {
            String expiresAt = text(fields, Field.EXPIRES_AT);
            return Optional.of(new ApiKey(
                    id,
                    KeyHash.ofHex(text(fields, Field.HASH)),
                    Grant.of(List.of(text(fields, Field.GRANT).split(" "))),
                    text(fields, Field.CREATED_BY),
                    expiresAt.isEmpty() ? Optional.empty() : Optional.of(time(expiresAt)),
                    time(text(fields, Field.CREATED_AT))));
        } catch (RuntimeException e) {
            LOG.warnf("API key %s in Redis cannot be read and is ignored", id);
            return Optional.empty();
        }
    }

    static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String text(Response fields, Field field) {
        return fields.get(field.ordinal()).toString();
    }
}
