package io.mainstay.auth.key;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.LimitReachedException;
import io.mainstay.job.NotFoundException;
import io.mainstay.queue.PageRequest;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.security.Caller;
import io.mainstay.security.SecurityConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes, shows and revokes the keys in the store. */
@Singleton
class ApiKeys {

    /** Later times do not fit the milliseconds that are kept. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final ApiKeyStore store;
    private final KeyCallers callers;
    private final JobIds tokens;
    private final int most;
    private final SecureRandom random = new SecureRandom();

    ApiKeys(ApiKeyStore store, KeyCallers callers, JobIds tokens, SecurityConfig config) {
        this.store = store;
        this.callers = callers;
        this.tokens = tokens;
        this.most = config.maxKeys();
    }

    /** Nobody grants more than they have. */
    Uni<NewApiKeyView> make(ApiKeyRequest request, Caller maker) {
        List<String> beyond = request.grant().beyond(maker);
        if (!beyond.isEmpty()) {
            throw ForbiddenException.grants(beyond);
        }
        request.expiresAt()
                .filter(end -> !end.isAfter(callers.now()) || end.isAfter(LATEST))
                .ifPresent(end -> {
                    throw new InvalidValueException("expiresAt", end, "in the future, at " + LATEST + " or before");
                });
        byte[] key = KeyFormat.generate(random);
        String id = KeyFormat.idOf(key);
        ApiKey draft =
                new ApiKey(id, KeyHash.of(key), request.grant(), maker.name(), request.expiresAt(), Instant.EPOCH);
        return store.add(draft, most).map(made -> {
            if (made.isEmpty()) {
                throw new LimitReachedException(
                        "too-many-keys", 409, "there are %d keys, which is the limit".formatted(most));
            }
            callers.made(draft);
            String text = new String(key, StandardCharsets.US_ASCII);
            Arrays.fill(key, (byte) 0);
            return new NewApiKeyView(id, text);
        });
    }

    /** @throws NotFoundException if there is none */
    Uni<ApiKey> get(String id) {
        return store.find(checked(id)).map(seen -> seen.key().orElseThrow(() -> NotFoundException.apiKey(id)));
    }

    Uni<ApiKeyPage> list(Optional<String> cursor, int limit) {
        Bounds.between("limit", limit, 1, PageRequest.MOST);
        return store.list(ApiKeyStore.NO_VERSION, cursor.map(id -> checked("cursor", id)), limit);
    }

    /** Completes when there is none of that id; here it is unknown from then on, elsewhere within five seconds. */
    Uni<Void> revoke(String id) {
        if (callers.isInFile(checked(id))) {
            throw new InvalidValueException(
                    "id",
                    id,
                    "that of a key made through the API: this one is in mainstay.security.keys-file, delete its line");
        }
        return store.remove(id, tokens.nextToken()).invoke(() -> callers.revoked(id));
    }

    private static String checked(String id) {
        return checked("id", id);
    }

    private static String checked(String field, String id) {
        if (!KeyFormat.isId(id)) {
            throw new InvalidValueException(field, id, "the id of a key, 12 characters of 0-9A-Za-z");
        }
        return id;
    }
}
