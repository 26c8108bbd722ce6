package io.mainstay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.ContractSteps;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of what callers did. */
public interface AuditContract extends ContractSteps {

    int MOST = 1000;

    @Test
    default void recordsComeBackAsTheyWereNewestFirst() {
        AuditRecord full = new AuditRecord(
                "key-1", "Ann \"A\" \\ Ö 😀", "cancelJob", "mail", "jobs/a", "10.0.0.1", 200, "count=1");
        AuditRecord bare = new AuditRecord(null, null, null, null, null, null, 401, null);

        add(1, full);
        add(2, bare, record("third"));

        assertThat(all()).extracting(AuditEntry::record).containsExactly(record("third"), bare, full);
        assertThat(all()).extracting(AuditEntry::id).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(all().get(0).at()).isBetween(store().now().minus(LONG), store().now());
    }

    @Test
    default void aBatchThatIsSentAgainAddsNothing() {
        add(1, record("a"));
        add(1, record("a"));
        add(2, record("b"), record("c"));
        add(2, record("b"), record("c"));

        assertThat(operations(all())).containsExactly("c", "b", "a");
    }

    @Test
    default void sendersAndKindsDoNotDisturbEachOther() {
        add(3, record("a"));
        answer(store().audit().add(new AuditBatch(AuditKind.CHANGES, "other", 1, List.of(record("b"))), MOST));
        answer(store().audit().add(new AuditBatch(AuditKind.REFUSALS, "sender", 1, List.of(record("c"))), MOST));

        assertThat(operations(all())).containsExactly("b", "a");
        assertThat(operations(answer(store().audit().latest(AuditKind.REFUSALS, 0, Optional.empty(), 10))))
                .containsExactly("c");
        assertThat(answer(store().audit().latest(AuditKind.ENQUEUES, 0, Optional.empty(), 10)))
                .isEmpty();
    }

    @Test
    default void theOldestGoWhenThereAreTooMany() {
        for (int i = 0; i < 30; i++) {
            int from = i * AuditBatch.MOST;
            add(
                    i + 1,
                    IntStream.range(from, from + AuditBatch.MOST)
                            .mapToObj(each -> record("r" + each))
                            .toArray(AuditRecord[]::new));
        }

        List<AuditEntry> kept = answer(store().audit().latest(AuditKind.CHANGES, 0, Optional.empty(), 5000));
        // Redis drops a block when all of it is beyond the bound.
        assertThat(kept).hasSizeBetween(MOST, MOST + AuditBatch.MOST);
        assertThat(operations(kept)).startsWith("r2999", "r2998");
    }

    @Test
    default void partsAreReadByTimeAndPlace() {
        add(1, record("a"), record("b"), record("c"));
        letPass(Duration.ofMillis(5));
        add(2, record("d"));

        List<AuditEntry> all = all();
        AuditId d = all.get(0).id();
        assertThat(operations(read(d.ms(), null, 10))).containsExactly("d");
        assertThat(operations(read(0, new AuditId(d.ms(), 0), 10))).containsExactly("c", "b", "a");
        for (int i = 0; i < all.size(); i++) {
            assertThat(operations(read(0, all.get(i).id(), 10)))
                    .isEqualTo(operations(all).subList(i + 1, all.size()));
        }
        assertThat(operations(read(0, null, 2))).containsExactly("d", "c");
        assertThat(read(d.ms() + 1, null, 10)).isEmpty();
        assertThat(read(0, new AuditId(0, 0), 10)).isEmpty();
    }

    private void add(long number, AuditRecord... records) {
        answer(store().audit().add(new AuditBatch(AuditKind.CHANGES, "sender", number, List.of(records)), MOST));
    }

    private List<AuditEntry> all() {
        return read(0, null, 100);
    }

    private List<AuditEntry> read(long fromMs, AuditId before, int count) {
        return answer(store().audit().latest(AuditKind.CHANGES, fromMs, Optional.ofNullable(before), count));
    }

    private static AuditRecord record(String operation) {
        return new AuditRecord("key-1", "Ann", operation, "mail", null, "10.0.0.1", 200, null);
    }

    private static List<String> operations(List<AuditEntry> entries) {
        return Stream.ofNullable(entries)
                .flatMap(List::stream)
                .map(entry -> entry.record().operation())
                .toList();
    }
}
