package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void sizeIsCountedInBytesOfUtf8() {
        assertThat(new Json("\"aü€😀\"").bytes()).isEqualTo(2 + 1 + 2 + 3 + 4);
        assertThat(Json.NULL.bytes()).isEqualTo(4);
    }
}
