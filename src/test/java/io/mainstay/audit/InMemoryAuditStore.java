package io.mainstay.audit;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The naive twin of the kept records. */
public final class InMemoryAuditStore implements AuditStore {

    private final Clock clock;
    private final Map<AuditKind, List<AuditEntry>> entries = new EnumMap<>(AuditKind.class);
    private final Map<String, Long> latest = new HashMap<>();

    public InMemoryAuditStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Void> add(AuditBatch batch, int most) {
        return Uni.createFrom().voidItem().invoke(() -> addNow(batch, most));
    }

    private synchronized void addNow(AuditBatch batch, int most) {
        String sender = batch.kind() + " " + batch.sender();
        if (latest.getOrDefault(sender, 0L) >= batch.number()) {
            return;
        }
        latest.put(sender, batch.number());
        List<AuditEntry> kept = entries.computeIfAbsent(batch.kind(), kind -> new ArrayList<>());
        batch.records().forEach(record -> kept.add(new AuditEntry(next(kept), record)));
        while (kept.size() > most) {
            kept.remove(0);
        }
    }

    private AuditId next(List<AuditEntry> kept) {
        AuditId now = new AuditId(clock.millis(), 0);
        AuditId last = kept.isEmpty() ? now : kept.get(kept.size() - 1).id();
        return kept.isEmpty() || now.compareTo(last) > 0 ? now : new AuditId(last.ms(), last.number() + 1);
    }

    @Override
    public synchronized Uni<List<AuditEntry>> latest(AuditKind kind, long fromMs, Optional<AuditId> before, int count) {
        List<AuditEntry> newestFirst = new ArrayList<>(entries.getOrDefault(kind, List.of()));
        Collections.reverse(newestFirst);
        return Uni.createFrom()
                .item(newestFirst.stream()
                        .filter(entry -> entry.id().ms() >= fromMs)
                        .filter(entry ->
                                before.map(id -> entry.id().compareTo(id) < 0).orElse(true))
                        .limit(count)
                        .toList());
    }
}
