package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    @Test
    void hasItsPartsInTheirPlaces() {
        TraceParent trace =
                TraceParent.ofHeader("00-" + TRACE + "-" + SPAN + "-01").orElseThrow();

        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.spanId()).isEqualTo(SPAN);
        assertThat(trace.flags()).isEqualTo("01");
        assertThat(trace).hasToString("00-" + TRACE + "-" + SPAN + "-01");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "01-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-012",
                "00-" + TRACE + "-" + SPAN + "-0G",
                "00-" + TRACE + "_" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + " 01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01"
            })
    void whatIsNotWellFormedIsIgnoredInAHeaderAndRefusedAsAValue(String text) {
        assertThat(TraceParent.ofHeader(text)).isEmpty();
        assertThatThrownBy(() -> new TraceParent(text)).isInstanceOf(InvalidValueException.class);
    }
}
