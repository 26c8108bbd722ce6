package io.mainstay.http.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.route.TargetRoom;
import io.mainstay.queue.route.TargetTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With 16 workers: a share of 4, and 4 that are kept for those with less. */
class TargetsTest {

    private static final String SLOW = "https://slow.example:443";
    private static final String OTHER = "https://other.example:443";

    private final SomeTargets some = new SomeTargets(Map.of("failures", "3", "pause", "PT2S"));
    private final Targets targets = some.targets;

    @Test
    void aTargetMayHaveAllButWhatIsKeptForOthers() {
        assertThat(targets.room()).isEqualTo(new TargetRoom(12, Map.of()));

        begin(SLOW, 12);

        assertThat(targets.room()).isEqualTo(new TargetRoom(4, Map.of(SLOW, 0)));
        begin(OTHER, 3);
        assertThat(targets.room().of()).isEqualTo(Map.of(SLOW, 0, OTHER, 1));
        begin(OTHER, 1);
        assertThat(targets.room()).isEqualTo(new TargetRoom(4, Map.of(SLOW, 0, OTHER, 0)));
    }

    @Test
    void whoeverWaitsForRoomHearsOfIt() {
        AtomicInteger told = new AtomicInteger();
        targets.onRoom(told::incrementAndGet);
        List<Pass> passes = begin(SLOW, 12);
        end(passes.get(0));
        assertThat(told).hasValue(0);

        begin(SLOW, 1);
        targets.room();
        end(passes.get(1));
        passes.get(1).answered();
        end(passes.get(2));

        assertThat(told).hasValue(1);
        assertThat(targets.room().of()).isEqualTo(Map.of(SLOW, 2));
    }

    @Test
    void aTargetThatFailsIsLeftAloneAndThenTriedWithOneRequest() {
        AtomicInteger told = new AtomicInteger();
        targets.onRoom(told::incrementAndGet);
        begin(SLOW, 3).forEach(Pass::failed);

        assertThat(targets.admit(SLOW)).isEmpty();
        assertThat(targets.room().of()).isEqualTo(Map.of(SLOW, 0));
        assertThat(targets.isLeftAlone(SLOW)).isTrue();
        assertThat(targets.isLeftAlone(OTHER)).isFalse();
        assertThat(targets.admit(OTHER)).isPresent();

        some.pass(Duration.ofSeconds(2));
        assertThat(some.later).hasSize(1);
        some.later.get(0).run();
        assertThat(told).hasValueGreaterThan(0);
        assertThat(targets.room().of()).containsEntry(SLOW, 1);
        Pass probe = targets.admit(SLOW).orElseThrow();
        assertThat(targets.admit(SLOW)).isEmpty();
        assertThat(targets.room().of()).containsEntry(SLOW, 0);
        probe.answered();
        assertThat(targets.admit(SLOW)).isPresent();
    }

    @Test
    void targetThatHasAllWorkersThatItMayIsFull() {
        assertThat(targets.full(SLOW)).isEmpty();
        begin(SLOW, 1);
        assertThat(targets.full(SLOW)).isEmpty();
        begin(SLOW, 11);

        assertThat(targets.full(SLOW)).contains(new TargetTrouble.Holder(SLOW, 12));
        assertThat(targets.full(OTHER)).isEmpty();
    }

    @Test
    void theTargetWithMostWorkersCanBeNamed() {
        assertThat(targets.largest()).isEmpty();
        begin(OTHER, 1);
        begin(SLOW, 2);

        assertThat(targets.largest()).contains(new TargetTrouble.Holder(SLOW, 2));
    }

    @Test
    void onlySoManyTargetsHaveFiguresOfTheirOwn() {
        for (int i = 0; i < 2 * TargetMeters.MOST; i++) {
            targets.admit("http://%d.example:80".formatted(i)).orElseThrow().answered();
            targets.admit("http://%d.example:80".formatted(i)).orElseThrow().failed();
        }

        assertThat(some.registry.find("mainstay.http.requests").counters()).hasSize(2 * TargetMeters.MOST + 3);
        assertThat(some.registry
                        .get("mainstay.http.requests")
                        .tags("target", TargetMeters.OTHERS, "outcome", "failed")
                        .counter()
                        .count())
                .isEqualTo(TargetMeters.MOST);
    }

    @Test
    void targetsOfWhichNothingIsKnownAreForgotten() {
        begin(SLOW, 3).forEach(Pass::failed);
        for (int i = 0; i < 2 * Targets.MOST; i++) {
            targets.admit("http://%d.example:80".formatted(i)).orElseThrow().answered();
        }

        assertThat(targets.isLeftAlone(SLOW)).isTrue();
        assertThat(targets.room().of()).containsOnlyKeys(SLOW);
    }

    @Test
    void ofMoreThanClaimsCanNameThoseWithLeastRoomAreNamed() {
        begin(SLOW, 3).forEach(Pass::failed);
        some.workers.busy = 0;
        for (int i = 0; i < TargetRoom.MOST; i++) {
            targets.admit("http://%d.example:80".formatted(i));
        }

        assertThat(targets.room().of()).hasSize(TargetRoom.MOST).containsEntry(SLOW, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "share, 0",
        "share, 101",
        "reserve, -1",
        "reserve, 91",
        "failures, -1",
        "pause, PT0.05S",
        "max-pause, PT1S",
        "max-pause, PT2H",
        "retry-budget, 101"
    })
    void valuesOutOfBoundsAreNamed(String key, String value) {
        assertThatThrownBy(() -> new SomeTargets(Map.of(key, value)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.http.target." + key);
    }

    private List<Pass> begin(String origin, int requests) {
        some.workers.busy += requests;
        return new ArrayList<>(IntStream.range(0, requests)
                .mapToObj(i -> targets.admit(origin).orElseThrow())
                .toList());
    }

    private void end(Pass pass) {
        some.workers.busy--;
        pass.answered();
    }
}
