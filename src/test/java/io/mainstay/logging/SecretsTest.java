package io.mainstay.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passwords of addresses get into no log and no error. */
class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://h:1 is away | redis://h:1 is away",
                "at redis://:pw@h:1 | at redis://***@h:1",
                "at rediss://u:p%40w@h, redis://:x@i | at rediss://***@h, redis://***@i",
                "value 'redis://u:p w/x@y#@h' is bad | value 'redis://***@h' is bad",
                "reddis://u:pw@h | reddis://***@h",
                "redis://a:b@h,redis://i,redis://c:d@j | redis://***@h,redis://i,redis://***@j",
                "GET http://u:pw@h/a@b | GET http://***@h/a@b",
                "GET http://h/?to=a@b | GET http://h/?to=a@b",
                "mail to a@b | mail to a@b",
            })
    void usersAndPasswordsAreHiddenAndNothingElse(String text, String shown) {
        assertThat(Secrets.hidden(text)).isEqualTo(shown);
    }

    @Test
    void logShowsNeitherMessagesNorCausesWithPasswords() {
        Throwable cause = new IllegalArgumentException("Illegal character in redis://:hush^@h");
        cause.addSuppressed(new IllegalStateException("redis://:hush@i"));
        ExtLogRecord record = new ExtLogRecord(
                Level.WARNING, "%s is lost", ExtLogRecord.FormatStyle.PRINTF, SecretsTest.class.getName());
        record.setParameters(new Object[] {"redis://u:hush@h"});
        record.setThrown(new RuntimeException("outer", cause));

        assertThat(new CleanLog().isLoggable(record)).isTrue();

        StringWriter trace = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(trace));
        assertThat(new PatternFormatter("%s").format(record)).isEqualTo("redis://***@h is lost");
        assertThat(trace.toString())
                .doesNotContain("hush")
                .contains(
                        "java.lang.RuntimeException: outer", "Illegal character in redis://***@h", "SecretsTest.java");
    }

    @Test
    void logLeavesWhatHoldsNoneAsItIs() {
        ExtLogRecord record =
                new ExtLogRecord(Level.INFO, "%d jobs", ExtLogRecord.FormatStyle.PRINTF, SecretsTest.class.getName());
        record.setParameters(new Object[] {3});
        RuntimeException thrown = new RuntimeException("http://h/x");
        record.setThrown(thrown);
        new CleanLog().isLoggable(record);

        assertThat(record.getMessage()).isEqualTo("%d jobs");
        assertThat(record.getThrown()).isSameAs(thrown);
    }
}
