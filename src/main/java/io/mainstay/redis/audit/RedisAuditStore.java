package io.mainstay.redis.audit;

import io.mainstay.audit.AuditBatch;
import io.mainstay.audit.AuditEntry;
import io.mainstay.audit.AuditId;
import io.mainstay.audit.AuditKind;
import io.mainstay.audit.AuditStore;
import io.mainstay.health.LinkKind;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link AuditStore} in Redis: a capped stream for each kind. */
public final class RedisAuditStore implements AuditStore {

    private static final String LATEST = "+";

    private final RedisCalls calls;
    private final AuditCodec codec = new AuditCodec();

    public RedisAuditStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> add(AuditBatch batch, int most) {
        String kind = batch.kind().label();
        List<String> args = new ArrayList<>(List.of(Long.toString(batch.number()), Integer.toString(most)));
        batch.records().forEach(record -> args.add(codec.text(record)));
        return calls.run(
                        Script.AUDIT, List.of(RedisKeys.audit(kind), RedisKeys.auditSender(kind, batch.sender())), args)
                .replaceWithVoid();
    }

    @Override
    public Uni<List<AuditEntry>> latest(AuditKind kind, long fromMs, Optional<AuditId> before, int count) {
        return calls.run(
                        LinkKind.READS,
                        Command.XREVRANGE,
                        RedisKeys.audit(kind.label()),
                        before.map(RedisAuditStore::justBefore).orElse(LATEST),
                        Long.toString(fromMs),
                        "COUNT",
                        Integer.toString(count))
                .map(this::entries);
    }

    /** Redis knows no exclusive ends before 6.2. A time alone means the last id of that millisecond. */
    private static String justBefore(AuditId id) {
        if (id.number() > 0) {
            return new AuditId(id.ms(), id.number() - 1).text();
        }
        return id.ms() > 0 ? Long.toString(id.ms() - 1) : "0-0";
    }

    private List<AuditEntry> entries(Response answer) {
        List<AuditEntry> entries = new ArrayList<>();
        for (Response entry : answer) {
            AuditId id = AuditId.parse("id", entry.get(0).toString());
            entries.add(new AuditEntry(id, codec.record(entry.get(1).get(1).toString())));
        }
        return entries;
    }
}
