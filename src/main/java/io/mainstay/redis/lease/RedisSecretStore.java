package io.mainstay.redis.lease;

import io.mainstay.health.LinkKind;
import io.mainstay.lease.SecretStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.stores.second.TwoSecretStores;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import java.util.HexFormat;
import java.util.Optional;

/** {@link SecretStore} in Redis, the only one or either of two. */
public final class RedisSecretStore implements TwoSecretStores.Copy {

    /** Has a slot of its own, as all that is of no queue. */
    private static final String SECRET = "ms:{:callbacks}:secret";

    private final RedisCalls calls;

    public RedisSecretStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<byte[]> secret(byte[] proposal) {
        String text = HexFormat.of().formatHex(proposal);
        return calls.run(LinkKind.WRITES, Command.SET, SECRET, text, "NX")
                .flatMap(ignored -> calls.run(LinkKind.WRITES, Command.GET, SECRET))
                .map(stored -> HexFormat.of().parseHex(stored.toString()));
    }

    @Override
    public Uni<Optional<byte[]>> kept() {
        return calls.run(LinkKind.READS, Command.GET, SECRET).map(stored -> Optional.ofNullable(stored)
                .map(text -> HexFormat.of().parseHex(text.toString())));
    }

    @Override
    public Uni<Void> keep(byte[] secret) {
        return calls.run(LinkKind.WRITES, Command.SET, SECRET, HexFormat.of().formatHex(secret))
                .replaceWithVoid();
    }
}
