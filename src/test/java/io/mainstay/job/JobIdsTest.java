package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobIdsTest {

    private final JobIds ids = new JobIds();

    @Test
    void idsAreVersionSevenUuids() {
        UUID id = UUID.fromString(ids.nextId().value());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void idsSortByTheOrderOfTheirMaking() {
        List<JobId> made = Stream.generate(ids::nextId).limit(10_000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsNeverShareAnId() {
        Set<String> made = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 20_000).parallel().forEach(ignored -> made.add(ids.nextToken()));

        assertThat(made).hasSize(20_000);
    }

    @Test
    void idempotencyKeyGivesTheSameIdEverywhere() {
        // Pinned: another instance, of another version, must come to the same id.
        assertThat(JobIds.ofIdempotencyKey(new QueueName("orders"), "order-17"))
                .isEqualTo(new JobId("key-4f5283916831a3437eb036d540508a7c"));
    }

    @Test
    void anyTextCanBeAnIdempotencyKeyAndDifferentOnesDiffer() {
        Set<JobId> made = new HashSet<>();
        for (String queue : List.of("a", "b", "a.b")) {
            for (String key : List.of("", " ", "x", "X", "a/b", "ü€😀", "x".repeat(10_000), "\n", "b\nx")) {
                made.add(JobIds.ofIdempotencyKey(new QueueName(queue), key));
            }
        }

        assertThat(made).hasSize(27);
    }

    @Test
    void tokenMayBeInTheNameOfAQueue() {
        assertThat(ids.nextToken()).matches("[a-z0-9]{24,26}");
    }
}
