package io.mainstay.telemetry;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps a message on its line: whatever a caller wrote may come into it, as a path or within the message of an exception,
 * and with a line break in it would look like lines of ours in a text log. Control characters become {@code \n},
 * {@code \r} or {@code \}{@code u001b}. Drops nothing. Handlers of logs name it in {@code application.properties}.
 */
@LoggingFilter(name = "one-line")
public final class OneLine implements Filter {

    /** Also what some readers take for a line break (U+0085, U+2028, U+2029), and DEL; a tab is harmless. */
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\n-\\x1f\\x7f-\\x9f\\u2028\\u2029]");

    private static final ExtFormatter FORMATTER = new ExtFormatter() {
        @Override
        public String format(ExtLogRecord record) {
            return formatMessage(record);
        }
    };

    @Override
    public boolean isLoggable(LogRecord record) {
        String message = FORMATTER.formatMessage(record);
        if (message != null && CONTROL.matcher(message).find()) {
            String line = of(message);
            if (record instanceof ExtLogRecord extended) {
                extended.setMessage(line, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                record.setMessage(line);
            }
            record.setParameters(null);
        }
        if (record.getThrown() != null) {
            record.setThrown(OneLineThrowable.of(record.getThrown()));
        }
        return true;
    }

    static String of(String text) {
        return text == null
                ? null
                : CONTROL.matcher(text)
                        .replaceAll(found -> escaped(found.group().charAt(0)));
    }

    private static String escaped(char control) {
        return switch (control) {
            case '\n' -> "\\\\n";
            case '\r' -> "\\\\r";
            default -> "\\\\u%04x".formatted((int) control);
        };
    }
}
