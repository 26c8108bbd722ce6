package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0_a",
                "-5_a",
                "1764000000000_a_b",
                "1764000000000.125_a",
                "1.7639999999999999e+18_a",
                "-inf_a",
                "5e-324_a"
            })
    void whatRedisWritesIsRead(String text) {
        assertThat(PageCursor.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_a",
                "5",
                "5_",
                "5_a b",
                "a_a",
                "NaN_a",
                "nan_a",
                "Infinity_a",
                "1d_a",
                "0x1p3_a",
                "(5_a",
                "+5_a",
                " 5_a",
                "1e_a",
                "1e9999_a",
                "-_a",
                "5._a"
            })
    void whatJavaOrRedisAloneWouldReadIsRefused(String text) {
        assertThatThrownBy(() -> PageCursor.parse(text)).isInstanceOf(InvalidValueException.class);
    }
}
