package io.mainstay.audit;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks through the records for those that match: a bounded number of them for a page, which may then be short, or empty. */
@Singleton
class AuditReader {

    /** In one read: half a megabyte or so of the longest records. */
    private static final int CHUNK = 500;

    private static final int MOST_CHUNKS = 10;

    private final AuditStore store;

    AuditReader(AuditStore store) {
        this.store = store;
    }

    /**
     * What was found.
     *
     * @param next where to continue; empty when all were looked at
     */
    record Page(List<AuditEntry> entries, Optional<AuditId> next) {}

    Uni<Page> page(AuditQuery query) {
        return read(query, query.before(), new ArrayList<>(), MOST_CHUNKS);
    }

    private Uni<Page> read(AuditQuery query, Optional<AuditId> before, List<AuditEntry> found, int chunks) {
        int count = query.filtered() ? CHUNK : query.limit();
        return store.latest(query.kind(), query.fromMs(), before, count).chain(entries -> {
            Optional<AuditId> last = Optional.empty();
            for (AuditEntry entry : entries) {
                last = Optional.of(entry.id());
                if (query.matches(entry.record())) {
                    found.add(entry);
                }
                if (found.size() == query.limit()) {
                    return page(found, last);
                }
            }
            if (entries.size() < count) {
                return page(found, Optional.empty());
            }
            return chunks == 1 ? page(found, last) : read(query, last, found, chunks - 1);
        });
    }

    private static Uni<Page> page(List<AuditEntry> found, Optional<AuditId> next) {
        return Uni.createFrom().item(new Page(found, next));
    }
}
