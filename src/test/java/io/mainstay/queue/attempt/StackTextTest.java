package io.mainstay.queue.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StackTextTest {

    @Test
    void lastCauseIsThere() {
        Exception thrown = new IllegalStateException("outer", new RuntimeException("inner", deep(50)));

        String text = StackText.of(thrown, 8192);

        assertThat(text)
                .startsWith("java.lang.IllegalStateException: outer\n\tat io.mainstay.queue.attempt.StackTextTest")
                .contains("Caused by: java.lang.RuntimeException: inner")
                .contains("Caused by: java.lang.ArithmeticException: deep")
                .contains(" more\n");
    }

    @Test
    void noMoreIsKeptThanWanted() {
        Exception thrown = new RuntimeException("ü".repeat(1000), new RuntimeException("ü".repeat(1000)));

        assertThat(StackText.of(thrown, 0)).isEmpty();
        for (int most = 1; most < 200; most++) {
            assertThat(StackText.of(thrown, most).getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(most - 1, most);
        }
    }

    @Test
    void charactersStayWhole() {
        assertThat(StackText.cut("a😀", 4)).isEqualTo("a");
        assertThat(StackText.cut("a😀", 5)).isEqualTo("a😀");
    }

    @Test
    void whatCannotBePrintedIsNamed() {
        RuntimeException odd = new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("a fault of the test");
            }
        };

        assertThat(StackText.of(odd, 1000)).startsWith(odd.getClass().getName());
    }

    @Test
    void longChainsEnd() {
        Throwable thrown = new RuntimeException("last");
        for (int i = 0; i < 100; i++) {
            thrown = new RuntimeException("cause " + i, thrown);
        }

        assertThat(StackText.of(thrown, 1_000_000))
                .contains("cause 96")
                .doesNotContain("cause 95")
                .doesNotContain("cause 94");
    }

    @Test
    void lastOfManyCausesIsThereHoweverMuchTheOthersSay() {
        Throwable thrown = new RuntimeException("last");
        for (int i = 0; i < 10; i++) {
            thrown = new RuntimeException("x".repeat(10_000), thrown);
        }

        assertThat(StackText.of(thrown, 4096)).contains("Caused by: java.lang.RuntimeException: last\n\tat ");
    }

    @Test
    void circlesEnd() {
        RuntimeException one = new RuntimeException("one");
        one.initCause(new RuntimeException("other", one));

        assertThat(StackText.of(one, 100_000)).contains("Caused by: java.lang.RuntimeException: other");
    }

    @Test
    void whatDoesNotTellIsNamed() {
        RuntimeException odd = new RuntimeException("odd") {
            @Override
            public Throwable getCause() {
                throw new AssertionError("a fault of the test");
            }

            @Override
            public StackTraceElement[] getStackTrace() {
                return null;
            }
        };

        assertThat(StackText.of(odd, 1000)).endsWith(": odd\n");
    }

    private static Exception deep(int calls) {
        return calls == 0 ? new ArithmeticException("deep") : deep(calls - 1);
    }
}
