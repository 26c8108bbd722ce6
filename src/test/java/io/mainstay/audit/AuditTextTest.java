package io.mainstay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile texts stay on their line and within their length. */
class AuditTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n", "\n", "\0", "\u001b", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ud83d",
                "\ude00", "\u007f", "\t"
            })
    void whatEndsOrTurnsALineIsReplaced(String hostile) {
        String clean = AuditText.clean("a" + hostile + "b", 100);

        assertThat(clean).matches("a\uFFFD{1,2}b");
    }

    @Test
    void otherTextIsLeftAsItIs() {
        assertThat(AuditText.clean("Ö 😀 \"quoted\" a=b", 100)).isEqualTo("Ö 😀 \"quoted\" a=b");
        assertThat(AuditText.clean(null, 100)).isNull();
    }

    @Test
    void secretsOfKeysAreLeftOut() {
        String secret = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgs1ufIE8";

        assertThat(AuditText.clean("keys/ms_abcdefghijkl_" + secret, 200)).isEqualTo("keys/ms_abcdefghijkl_***");
        assertThat(AuditText.clean("x".repeat(50) + "ms_abcdefghijkl_" + secret, 100))
                .isEqualTo("x".repeat(50) + "ms_abcdefghijkl_***");
    }

    @Test
    void longTextIsCutAndNoCharacterIsHalved() {
        assertThat(AuditText.clean("x".repeat(1_000_000), 10)).isEqualTo("xxxxxxxxx…");
        assertThat(AuditText.clean("1234567890", 10)).isEqualTo("1234567890");
        assertThat(AuditText.clean("12345678😀xx", 10)).isEqualTo("12345678\uFFFD…");
    }

    @Test
    void aRecordOfTheLongestTextsIsBounded() {
        String text = "\"".repeat(100_000);
        AuditRecord record = new AuditRecord(text, text, text, text, text, text, 200, text);

        int chars = record.callerId().length()
                + record.callerName().length()
                + record.operation().length()
                + record.queue().length()
                + record.object().length()
                + record.from().length()
                + record.detail().length();
        assertThat(chars).isLessThanOrEqualTo(AuditRecord.MOST_CHARS);
    }
}
