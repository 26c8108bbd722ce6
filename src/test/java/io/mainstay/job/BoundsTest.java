package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bound of the vocabulary: what is refused, and that the message names field, value and limit. */
class BoundsTest {

    private static final HandlerName HANDLER = new HandlerName("echo");
    private static final Backoff NO_WAIT = new Backoff.Fixed(Duration.ZERO);
    private static final RetryPolicy ONCE = new RetryPolicy(1, NO_WAIT);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "orders",
                "0",
                "a.b_c-d",
                "-",
                ".a",
                "a234567890123456789012345678901234567890123456789012345678901234"
            })
    void queueNamesAllowed(String name) {
        assertThat(new QueueName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "A",
                "a b",
                "{a}",
                "a/b",
                "ä",
                "a:b",
                "a\n",
                "a2345678901234567890123456789012345678901234567890123456789012345"
            })
    void queueNamesRefused(String name) {
        assertRefused("queue", shown(name), "[a-z0-9._-]{1,64}, and not only dots", () -> new QueueName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "A.b_c~d-9", "0197b3a0-0000-7000-8000-000000000000"})
    void jobIdsAllowed(String id) {
        assertThat(new JobId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-a", "~a", "a/b", "a b", "a%20", "ä", "a\n"})
    void jobIdsRefused(String id) {
        assertRefused("id", shown(id), "[A-Za-z0-9][A-Za-z0-9._~-]{0,127}", () -> new JobId(id));
    }

    @Test
    void idsAndHandlerNamesEndAt128Characters() {
        String longest = "x".repeat(128);
        assertThat(new JobId(longest).value()).hasSize(128);
        assertThat(new HandlerName(longest).value()).hasSize(128);

        assertThatThrownBy(() -> new JobId(longest + "x")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new HandlerName(longest + "x")).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "ä"})
    void handlerNamesRefused(String name) {
        assertRefused("handler", shown(name), "[A-Za-z0-9._-]{1,128}, and not only dots", () -> new HandlerName(name));
    }

    @Test
    void missingNamesAreCalledMissing() {
        assertRefused("queue", "missing", "[a-z0-9._-]{1,64}", () -> new QueueName(null));
        assertRefused("id", "missing", "[A-Za-z0-9]", () -> new JobId(null));
        assertRefused("handler", "missing", "[A-Za-z0-9._-]", () -> new HandlerName(null));
    }

    @Test
    void longValuesAreShownShortened() {
        assertThatThrownBy(() -> new QueueName("A".repeat(1_000_000)))
                .hasMessageContaining("'" + "A".repeat(80) + "…'")
                .message()
                .hasSizeLessThan(200);
    }

    @Test
    void prioritiesRunFromZeroToNine() {
        assertThat(spec(0, MINUTE).priority()).isZero();
        assertThat(spec(9, MINUTE).priority()).isEqualTo(9);
        assertRefused("priority", "'-1'", "between 0 and 9", () -> spec(-1, MINUTE));
        assertRefused("priority", "'10'", "between 0 and 9", () -> spec(10, MINUTE));
    }

    @Test
    void timeoutsAreMoreThanNothing() {
        assertRefused("timeout", "'PT0S'", "more than PT0S", () -> spec(4, Duration.ZERO));
        assertRefused("timeout", "'PT-1S'", "more than PT0S", () -> spec(4, Duration.ofSeconds(-1)));
        assertRefused("timeout", "missing", "more than PT0S", () -> spec(4, null));
    }

    @Test
    void attemptsRunFromOneToAThousand() {
        assertThat(new RetryPolicy(1000, NO_WAIT).maxAttempts()).isEqualTo(1000);
        assertRefused("maxAttempts", "'0'", "between 1 and 1000", () -> new RetryPolicy(0, NO_WAIT));
        assertRefused("maxAttempts", "'1001'", "between 1 and 1000", () -> new RetryPolicy(1001, NO_WAIT));
    }

    @Test
    void delaysAreNotNegative() {
        assertRefused("delay", "'PT-0.001S'", "PT0S or more", () -> new StartTime.After(Duration.ofMillis(-1)));
        assertRefused("delay", "missing", "PT0S or more", () -> new StartTime.After(null));
    }

    @Test
    void backoffsWaitNoLongerThanThirtyDays() {
        Duration tooLong = Backoff.LONGEST.plusMillis(1);
        Duration negative = Duration.ofMillis(-1);
        String limit = "between PT0S and PT720H";
        assertThat(new Backoff.Fixed(Backoff.LONGEST).delay()).isEqualTo(Backoff.LONGEST);
        assertAll(
                () -> assertRefused("backoff.delay", "'PT720H0.001S'", limit, () -> new Backoff.Fixed(tooLong)),
                () -> assertRefused("backoff.delay", "missing", limit, () -> new Backoff.Fixed(null)),
                () -> assertRefused(
                        "backoff.initial", "'PT-0.001S'", limit, () -> new Backoff.Exponential(negative, MINUTE)),
                () -> assertRefused(
                        "backoff.max", "'PT720H0.001S'", limit, () -> new Backoff.Exponential(MINUTE, tooLong)),
                () -> assertRefused(
                        "backoff.delays", "'PT-0.001S'", limit, () -> new Backoff.Listed(List.of(MINUTE, negative))));
    }

    @Test
    void exponentialBackoffDoesNotShrink() {
        assertRefused(
                "backoff.max",
                "'PT1S'",
                "at least backoff.initial (PT1M)",
                () -> new Backoff.Exponential(MINUTE, Duration.ofSeconds(1)));
    }

    @Test
    void listedBackoffHasOneToAHundredEntries() {
        assertThat(new Backoff.Listed(Collections.nCopies(100, MINUTE)).delays())
                .hasSize(100);
        assertRefused("backoff.delays", "'0 entries'", "1 to 100 entries", () -> new Backoff.Listed(List.of()));
        assertRefused(
                "backoff.delays",
                "'101 entries'",
                "1 to 100 entries",
                () -> new Backoff.Listed(Collections.nCopies(101, MINUTE)));
    }

    @Test
    void errorsCarryTheirSlugAndStatus() {
        JobId id = new JobId("j");
        QueueName queue = new QueueName("q");
        Stream.of(
                        new Expected(new InvalidValueException("f", 1, "2"), "invalid-value", 422),
                        new Expected(NotFoundException.job(queue, id), "job-not-found", 404),
                        new Expected(new JobConflictException(id, JobState.DEAD, "cancelled"), "job-conflict", 409),
                        new Expected(new PayloadTooLargeException(2, 1), "payload-too-large", 413),
                        new Expected(new StoreUnavailableException("m", null), "store-unavailable", 503))
                .forEach(expected -> {
                    assertThat(expected.error().slug()).isEqualTo(expected.slug());
                    assertThat(expected.error().status()).isEqualTo(expected.status());
                });
        assertThat(new JobConflictException(id, JobState.DEAD, "cancelled"))
                .hasMessage("job j is dead and cannot be cancelled");
        assertThat(new PayloadTooLargeException(2, 1)).hasMessage("payload has 2 bytes, the limit is 1");
    }

    private record Expected(MainstayException error, String slug, int status) {}

    private static JobSpec spec(int priority, Duration timeout) {
        return new JobSpec(HANDLER, Json.NULL, priority, ONCE, timeout);
    }

    private static String shown(String value) {
        return "'" + value + "'";
    }

    private static void assertRefused(String field, String value, String limit, ThrowingCallable action) {
        var refused = catchThrowableOfType(InvalidValueException.class, action);
        assertThat(refused).as("refusal of %s", value).isNotNull();
        assertThat(refused.field()).isEqualTo(field);
        assertThat(refused).hasMessageStartingWith(field + " is " + value).hasMessageContaining(limit);
    }
}
