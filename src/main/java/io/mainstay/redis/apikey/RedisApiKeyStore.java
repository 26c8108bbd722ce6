package io.mainstay.redis.apikey;

import io.mainstay.auth.key.ApiKey;
import io.mainstay.auth.key.ApiKeyPage;
import io.mainstay.auth.key.ApiKeySighting;
import io.mainstay.auth.key.ApiKeyStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link ApiKeyStore} in Redis. */
public final class RedisApiKeyStore implements ApiKeyStore {

    private static final int BEFORE_KEYS = 3;

    private final RedisCalls calls;

    public RedisApiKeyStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Optional<Instant>> add(ApiKey key, int most) {
        List<String> args = new ArrayList<>(List.of(key.id(), Integer.toString(most)));
        args.addAll(ApiKeyCodec.write(key));
        return calls.run(Script.API_KEY_ADD, all(key.id()), args)
                .map(made -> made.toLong() < 0 ? Optional.empty() : Optional.of(ApiKeyCodec.time(made.toString())));
    }

    @Override
    public Uni<ApiKeySighting> find(String id) {
        return calls.run(Script.API_KEY_GET, List.of(ApiKeyKeys.PREFIX + id), List.of())
                .map(answer -> new ApiKeySighting(
                        ApiKeyCodec.time(answer.get(0).toString()), ApiKeyCodec.read(id, answer.get(1))));
    }

    @Override
    public Uni<ApiKeyPage> list(String known, Optional<String> after, int limit) {
        List<String> args = List.of(ApiKeyKeys.PREFIX, known, after.orElse(""), Integer.toString(limit));
        return calls.run(Script.API_KEY_LIST, List.of(ApiKeyKeys.IDS, ApiKeyKeys.VERSION), args)
                .map(RedisApiKeyStore::page);
    }

    @Override
    public Uni<Void> remove(String id, String change) {
        return calls.run(Script.API_KEY_REMOVE, all(id), List.of(id, change)).replaceWithVoid();
    }

    private static ApiKeyPage page(Response answer) {
        List<ApiKey> keys = new ArrayList<>();
        for (int i = BEFORE_KEYS; i < answer.size(); i++) {
            ApiKeyCodec.read(answer.get(i).get(0).toString(), answer.get(i).get(1))
                    .ifPresent(keys::add);
        }
        boolean more = answer.get(2).toInteger() == 1;
        return new ApiKeyPage(
                ApiKeyCodec.time(answer.get(0).toString()),
                answer.get(1).toString(),
                keys,
                more ? Optional.of(answer.get(answer.size() - 1).get(0).toString()) : Optional.empty());
    }

    private static List<String> all(String id) {
        return List.of(ApiKeyKeys.PREFIX + id, ApiKeyKeys.IDS, ApiKeyKeys.VERSION);
    }
}
