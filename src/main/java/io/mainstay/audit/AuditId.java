package io.mainstay.audit;

import io.mainstay.job.InvalidValueException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Place of a record in its trail: later ones are greater.
 *
 * @param ms since 1970, by the store's clock
 * @param number within that millisecond
 */
public record AuditId(long ms, long number) implements Comparable<AuditId> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(\\d{1,15})");

    /** @throws InvalidValueException that names the field, unless it is the text of an id */
    public static AuditId parse(String field, String text) {
        Matcher id = TEXT.matcher(text);
        if (!id.matches()) {
            throw new InvalidValueException(field, text, "the 'next' of a page");
        }
        return new AuditId(Long.parseLong(id.group(1)), Long.parseLong(id.group(2)));
    }

    @Override
    public int compareTo(AuditId other) {
        return Comparator.comparingLong(AuditId::ms)
                .thenComparingLong(AuditId::number)
                .compare(this, other);
    }

    public String text() {
        return ms + "-" + number;
    }
}
