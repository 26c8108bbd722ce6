package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CallSizeTest {

    private static final long HALF = CallSize.MOST_BYTES / 2;

    @Test
    void partsAreAsLargeAsTheyMayBe() {
        assertThat(split(10, HALF, HALF, 1L, HALF, HALF))
                .containsExactly(List.of(HALF, HALF), List.of(1L, HALF), List.of(HALF));
    }

    @Test
    void itemThatIsTooLargeGoesAlone() {
        assertThat(split(10, 1L, 3 * HALF, 3 * HALF, 1L))
                .containsExactly(List.of(1L), List.of(3 * HALF), List.of(3 * HALF), List.of(1L));
    }

    @Test
    void partsHaveSoManyItemsAtMost() {
        assertThat(split(2, 1L, 1L, 1L)).containsExactly(List.of(1L, 1L), List.of(1L));
    }

    @Test
    void nothingHasNoParts() {
        assertThat(split(10)).isEmpty();
    }

    @Test
    void callTakesFromTheLineWhatItMayHold() {
        Queue<Long> line = new ArrayDeque<>(List.of(3 * HALF, HALF, HALF, 1L, 1L, 1L));

        assertThat(take(line, 2)).containsExactly(3 * HALF);
        assertThat(take(line, 10)).containsExactly(HALF, HALF);
        assertThat(take(line, 2)).containsExactly(1L, 1L);
        assertThat(take(line, 2)).containsExactly(1L);
        assertThat(take(line, 2)).isEmpty();
    }

    @Test
    void bytesAreThoseOfUtf8() {
        assertThat(CallSize.bytes("aä€")).isEqualTo(6);
    }

    private static List<Long> take(Queue<Long> line, int most) {
        return CallSize.take(line, most, Long::longValue);
    }

    private static List<List<Long>> split(int most, Long... sizes) {
        return CallSize.split(List.of(sizes), most, Long::longValue);
    }
}
