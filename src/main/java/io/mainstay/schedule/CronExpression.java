package io.mainstay.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.mainstay.job.InvalidValueException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A cron expression of five fields, six with seconds in front, or one of {@code @yearly … @hourly}, as a clock on a wall
 * meets it: in local time, of no zone. What the changes of a zone's clocks do to it is {@link Recurrence}'s part, for
 * the library's own answers near them are neither exact nor ours to choose. Immutable.
 */
final class CronExpression {

    static final int LONGEST = 128;
    private static final int FIELDS_WITH_SECONDS = 6;
    private static final String PREAMBLE = "Failed to parse cron expression. ";
    private static final CronParser MINUTES = new CronParser(definition(false));
    private static final CronParser SECONDS = new CronParser(definition(true));

    private final ExecutionTime times;
    private final boolean everyHour;

    private CronExpression(Cron cron) {
        this.times = ExecutionTime.forCron(cron);
        this.everyHour = cron.retrieve(CronFieldName.HOUR).getExpression() instanceof Always;
    }

    /** @throws InvalidValueException if it is none; the message says what is wrong with it */
    static CronExpression parse(String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST) {
            throw new InvalidValueException("cron", text, "5 or 6 fields, at most " + LONGEST + " characters");
        }
        try {
            boolean seconds = text.strip().split("\\s+").length == FIELDS_WITH_SECONDS;
            return new CronExpression((seconds ? SECONDS : MINUTES).parse(text).validate());
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("cron", text, "5 or 6 fields of cron (" + reason(e) + ")");
        }
    }

    /** Whether the field of hours is {@code *}: then it is a matter of intervals, not of times of day. */
    boolean everyHour() {
        return everyHour;
    }

    /** The first match after {@code time}; empty if there is none. */
    Optional<LocalDateTime> after(LocalDateTime time) {
        return times.nextExecution(time.atZone(ZoneOffset.UTC)).map(next -> next.toLocalDateTime());
    }

    /** The last match before {@code time}; empty if there is none. */
    Optional<LocalDateTime> before(LocalDateTime time) {
        return times.lastExecution(time.atZone(ZoneOffset.UTC)).map(last -> last.toLocalDateTime());
    }

    private static String reason(IllegalArgumentException e) {
        String message = e.getMessage() == null ? "it cannot be read" : e.getMessage();
        return message.startsWith(PREAMBLE) ? message.substring(PREAMBLE.length()) : message;
    }

    /** As Unix has it: days match if either field of days does, unless one of them is {@code *}. */
    private static CronDefinition definition(boolean seconds) {
        CronDefinitionBuilder cron = CronDefinitionBuilder.defineCron();
        if (seconds) {
            cron = cron.withSeconds().withStrictRange().and();
        }
        return cron.withMinutes()
                .withStrictRange()
                .and()
                .withHours()
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .supportsL()
                .withStrictRange()
                .and()
                .withMonth()
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .supportsHash()
                .supportsL()
                .and()
                .withSupportedNicknameYearly()
                .withSupportedNicknameAnnually()
                .withSupportedNicknameMonthly()
                .withSupportedNicknameWeekly()
                .withSupportedNicknameDaily()
                .withSupportedNicknameMidnight()
                .withSupportedNicknameHourly()
                .instance();
    }
}
