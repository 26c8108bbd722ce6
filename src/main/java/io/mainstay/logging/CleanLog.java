package io.mainstay.logging;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Keeps a message on its line and passwords out of it: whatever a caller wrote may come into it, as a path or within the message
 * of an exception, and with a line break in it would look like lines of ours in a text log. Control characters become {@code \n},
 * {@code \r} or {@code \}{@code u001b}; for passwords see {@link Secrets}. Drops nothing. Handlers of logs name it in
 * {@code META-INF/microprofile-config.properties}; each takes one filter.
 */
@LoggingFilter(name = "clean")
public final class CleanLog implements Filter {

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
        String clean = clean(message);
        if (message != null && !clean.equals(message)) {
            if (record instanceof ExtLogRecord extended) {
                extended.setMessage(clean, ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                record.setMessage(clean);
            }
            record.setParameters(null);
        }
        if (record.getThrown() != null) {
            record.setThrown(CleanThrowable.of(record.getThrown()));
        }
        return true;
    }

    /** The same text, not another object, if there is nothing to change. */
    static String clean(String text) {
        if (text == null) {
            return null;
        }
        String hidden = Secrets.hidden(text);
        var control = CONTROL.matcher(hidden);
        return control.find()
                ? control.replaceAll(found -> escaped(found.group().charAt(0)))
                : hidden;
    }

    private static String escaped(char control) {
        return switch (control) {
            case '\n' -> "\\\\n";
            case '\r' -> "\\\\r";
            default -> "\\\\u%04x".formatted((int) control);
        };
    }
}
