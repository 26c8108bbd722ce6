package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import io.mainstay.security.QueuePatterns;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads {@link ApiKeyRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class ApiKeyRequestReader extends JsonBodyReader<ApiKeyRequest> {

    ApiKeyRequestReader(BodyLimit limit) {
        super(ApiKeyRequest.class, limit);
    }

    @Override
    protected ApiKeyRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return draft.finish();
    }

    private static final class Draft implements StrictJson.Fields {

        private String name;
        private List<String> roles;
        private List<String> queues;
        private Boolean payload;
        private Instant expiresAt;

        @Override
        public void take(String field, StrictJson json) throws IOException {
            switch (field) {
                case "name" -> name = json.text();
                case "roles" -> roles = json.texts();
                case "queues" -> queues = json.texts();
                case "payload" -> payload = json.flag();
                case "expiresAt" -> expiresAt = json.instant();
                default -> throw json.unknownField();
            }
        }

        ApiKeyRequest finish() {
            Grant grant = new Grant(
                    name,
                    Grant.roles(Objects.requireNonNullElse(roles, List.of())),
                    new QueuePatterns(Objects.requireNonNullElse(queues, List.of())),
                    Boolean.TRUE.equals(payload));
            return new ApiKeyRequest(grant, Optional.ofNullable(expiresAt));
        }
    }
}
