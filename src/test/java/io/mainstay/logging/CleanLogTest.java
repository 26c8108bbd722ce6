package io.mainstay.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class CleanLogTest {

    private static final String FORGED = "x\r\n2026-11-27 12:00:00 ERROR [forged] \u001b[31m\u2028\u0085end";

    private final CleanLog filter = new CleanLog();

    @Test
    void aMessageIsOneLine() {
        ExtLogRecord record = new ExtLogRecord(Level.SEVERE, "failure %s at %s", ExtLogRecord.FormatStyle.PRINTF, "a");
        record.setParameters(new Object[] {7, FORGED});

        assertThat(lines(record))
                .containsExactly("failure 7 at x\\r\\n2026-11-27 12:00:00 ERROR [forged] \\u001b[31m\\u2028\\u0085end");
    }

    @Test
    void theMessagesOfExceptionsAreOneLineEach() {
        ExtLogRecord record = new ExtLogRecord(Level.SEVERE, "failed", "a");
        record.setThrown(new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)));

        assertThat(lines(record))
                .allMatch(line -> line.isEmpty()
                        || line.startsWith("failed")
                        || line.startsWith("java.lang.IllegalStateException: x\\r\\n2026")
                        || line.startsWith("Caused by: java.lang.IllegalArgumentException: x\\r\\n2026")
                        || line.matches("\\t(at|\\.\\.\\.) .*"))
                .anyMatch(line -> line.startsWith("Caused by"))
                .anyMatch(line -> line.contains("theMessagesOfExceptionsAreOneLineEach"));
    }

    @Test
    void whatIsInOrderStaysAsItIs() {
        Exception plain = new IllegalStateException("plain");
        ExtLogRecord record = new ExtLogRecord(Level.INFO, "100 %\tdone: {0}", ExtLogRecord.FormatStyle.NO_FORMAT, "a");
        record.setThrown(plain);
        filter.isLoggable(record);

        assertThat(record.getMessage()).isEqualTo("100 %\tdone: {0}");
        assertThat(record.getThrown()).isSameAs(plain);
    }

    @Test
    void aRecordOfTheJdkIsCleanedToo() {
        LogRecord record = new LogRecord(Level.INFO, "path {0}");
        record.setParameters(new Object[] {"a\nb"});
        filter.isLoggable(record);

        assertThat(record.getMessage()).isEqualTo("path a\\nb");
    }

    private List<String> lines(ExtLogRecord record) {
        assertThat(filter.isLoggable(record)).isTrue();
        StringWriter text = new StringWriter();
        new PrintWriter(text).print(new PatternFormatter("%s%e%n").format(record));
        return text.toString().lines().toList();
    }
}
