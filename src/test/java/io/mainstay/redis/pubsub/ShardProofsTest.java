package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.Shard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardProofsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final List<Shard> THREE = shards(3);

    private final ShardProofs proofs = new ShardProofs(Duration.ofSeconds(1));
    private final Map<Shard, Integer> sent = new HashMap<>();
    private long number;
    private long now;

    @BeforeEach
    void begin() {
        send(THREE, List.of());
    }

    @Test
    void eachIsProvenByItsOwnCanaryAloneAndAllAreTriedAtFirst() {
        assertThat(sent).containsOnlyKeys(THREE);
        assertThat(THREE).noneMatch(proofs::proven);
        proofs.back(2);
        assertThat(THREE.stream().filter(proofs::proven)).containsExactly(THREE.get(1));
        proofs.reset();
        assertThat(THREE).noneMatch(proofs::proven);
    }

    @Test
    void eachOfAFewIsTriedEveryTimeAndManyHaveTurns() {
        allBack(3);
        IntStream.range(0, 9).forEach(i -> send(THREE, THREE));
        assertThat(sent.values()).containsOnly(10);

        assertThat(timesOfEach(8, 2)).containsOnly(1);
        assertThat(timesOfEach(40, 4)).containsOnly(1);
    }

    /** How often each of so many shards is tried, at first and then so many times. */
    private Collection<Integer> timesOfEach(int count, int times) {
        List<Shard> all = shards(count);
        send(all, all);
        sent.clear();
        IntStream.range(0, times).forEach(i -> send(all, all));
        assertThat(sent).hasSize(count);
        return sent.values();
    }

    @Test
    void oneThatDoesNotAnswerIsFoundOutAndTriedEveryTimeWithoutTakingTurnsOfOthers() {
        allBack(3);
        List<Shard> alive = THREE.subList(1, 3);
        send(THREE, alive);
        assertThat(proofs.judge(now += SECOND / 2)).isTrue();
        assertThat(THREE.stream().filter(proofs::proven)).containsExactlyElementsOf(alive);

        sent.clear();
        IntStream.range(0, 10).forEach(i -> send(THREE, alive));
        assertThat(sent).containsEntry(THREE.get(0), 10).containsEntry(THREE.get(1), 10);
        assertThat(proofs.judge(now + SECOND)).isFalse();
        send(THREE, THREE);
        assertThat(THREE).allMatch(proofs::proven);
    }

    @Test
    void oneThatTookThePlaceOfAnotherIsTriedAtOnce() {
        allBack(3);
        List<Shard> changed = List.of(THREE.get(0), THREE.get(1), shards(4).get(3));
        assertThat(proofs.next(changed)).containsExactly(changed.get(2));
    }

    private void send(List<Shard> all, List<Shard> answering) {
        for (Shard shard : proofs.next(all)) {
            sent.merge(shard, 1, Integer::sum);
            proofs.sent(shard, ++number, now);
            if (answering.contains(shard)) {
                proofs.back(number);
            }
        }
    }

    private void allBack(int count) {
        IntStream.rangeClosed(1, count).forEach(proofs::back);
    }

    private static List<Shard> shards(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Shard.of(new Node("10.0.0." + i, 6379)))
                .toList();
    }
}
