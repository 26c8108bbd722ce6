package io.mainstay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.TestClock;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A page costs a bounded number of reads, however few of the records match; going on from page to page finds all. */
class AuditReaderTest {

    private static final int RECORDS = 12_000;
    private static final int EVERY = 1500;

    private final InMemoryAuditStore kept = new InMemoryAuditStore(new TestClock());
    private final AtomicInteger reads = new AtomicInteger();
    private final AuditReader reader = new AuditReader(new AuditStore() {
        @Override
        public Uni<Void> add(AuditBatch batch, int most) {
            return kept.add(batch, most);
        }

        @Override
        public Uni<List<AuditEntry>> latest(AuditKind kind, long fromMs, Optional<AuditId> before, int count) {
            reads.incrementAndGet();
            return kept.latest(kind, fromMs, before, count);
        }
    });

    @Test
    void pagesOfWhatIsRareAreShortAndLeadToAll() {
        fill();
        List<String> found = new ArrayList<>();
        Optional<String> cursor = Optional.of("");
        int pages = 0;
        while (cursor.isPresent()) {
            reads.set(0);
            AuditReader.Page page = page(cursor.get().isEmpty() ? null : cursor.get(), "rare", "200");
            assertThat(reads).hasValueLessThanOrEqualTo(10);
            page.entries().forEach(entry -> found.add(entry.record().object()));
            cursor = page.next().map(AuditId::text);
            pages++;
        }

        assertThat(pages).isEqualTo(3);
        assertThat(found)
                .isEqualTo(IntStream.iterate(RECORDS - EVERY, i -> i >= 0, i -> i - EVERY)
                        .mapToObj(i -> "r" + i)
                        .toList());
    }

    @Test
    void withoutAFilterOneReadIsAPage() {
        fill();

        AuditReader.Page page = page(null, null, "7");

        assertThat(reads).hasValue(1);
        assertThat(page.entries()).hasSize(7);
        assertThat(page(page.next().orElseThrow().text(), null, "7")
                        .entries()
                        .get(0)
                        .record()
                        .object())
                .isEqualTo("r" + (RECORDS - 8));
    }

    private void fill() {
        for (int i = 0; i < RECORDS; i++) {
            AuditRecord record = new AuditRecord(
                    i % EVERY == 0 ? "rare" : "usual", null, "pauseQueue", "mail", "r" + i, "10.0.0.1", 200, null);
            kept.add(new AuditBatch(AuditKind.CHANGES, "s", i + 1, List.of(record)), 1_000_000)
                    .await()
                    .indefinitely();
        }
    }

    private AuditReader.Page page(String cursor, String caller, String limit) {
        return reader.page(AuditQuery.of(new AuditQuery.Text("changes", caller, null, null, null, null, cursor, limit)))
                .await()
                .indefinitely();
    }
}
