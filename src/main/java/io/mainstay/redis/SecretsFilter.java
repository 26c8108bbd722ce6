package io.mainstay.redis;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Every handler of the log has it (application.properties): nothing is written that {@link Secrets} would hide. Keeps all records. */
@LoggingFilter(name = "secrets")
public final class SecretsFilter implements Filter {

    private static final int MOST_CAUSES = 20;
    /** The message with its parameters, alone. */
    private static final Formatter MESSAGE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord extended && extended.getMessage() != null) {
            String text = MESSAGE.format(extended);
            String hidden = Secrets.hidden(text);
            if (!hidden.equals(text)) {
                extended.setMessage(hidden, ExtLogRecord.FormatStyle.NO_FORMAT);
                extended.setParameters(null);
            }
        }
        if (record.getThrown() != null && holdsSecrets(record.getThrown(), 0)) {
            record.setThrown(new Shown(record.getThrown(), 0));
        }
        return true;
    }

    private static boolean holdsSecrets(Throwable thrown, int depth) {
        // Bounded: a cause may lead back to where it came from.
        if (thrown == null || depth == MOST_CAUSES) {
            return false;
        }
        String text = thrown.toString();
        return !Secrets.hidden(text).equals(text)
                || holdsSecrets(thrown.getCause(), depth + 1)
                || Arrays.stream(thrown.getSuppressed()).anyMatch(each -> holdsSecrets(each, depth + 1));
    }

    /** Shows as another throwable does, its causes and what it suppressed, but for their secrets. */
    private static final class Shown extends Throwable {

        private static final long serialVersionUID = 1;

        private final String text;

        Shown(Throwable original, int depth) {
            super(Secrets.hidden(String.valueOf(original.getMessage())), cause(original, depth));
            text = Secrets.hidden(original.toString());
            setStackTrace(original.getStackTrace());
            if (depth < MOST_CAUSES) {
                for (Throwable suppressed : original.getSuppressed()) {
                    addSuppressed(new Shown(suppressed, depth + 1));
                }
            }
        }

        private static Throwable cause(Throwable original, int depth) {
            return original.getCause() == null || depth == MOST_CAUSES
                    ? null
                    : new Shown(original.getCause(), depth + 1);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
