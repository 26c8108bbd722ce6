package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void bytesAreThoseOfUtf8() {
        assertThat(CallSize.bytes("aä€")).isEqualTo(6);
    }

    private static List<List<Long>> split(int most, Long... sizes) {
        return CallSize.split(List.of(sizes), most, Long::longValue);
    }
}
