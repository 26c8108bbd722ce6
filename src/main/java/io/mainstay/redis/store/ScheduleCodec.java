package io.mainstay.redis.store;

import io.mainstay.job.Durability;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.job.ScheduleName;
import io.mainstay.schedule.Misfire;
import io.mainstay.schedule.Schedule;
import io.mainstay.schedule.ScheduleSpec;
import io.mainstay.schedule.Timing;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Schedules to and from what Redis holds. */
final class ScheduleCodec {

    private static final int WORDS_OF_TIMING = 4;

    /** Fields of a schedule's hash, in the order of SCHEDULE_FIELDS in lib/schedule.lua. */
    private enum ScheduleField {
        TIMING,
        MISFIRE,
        QUEUE,
        DURABILITY,
        JOB,
        PAUSED,
        NEXT,
        LAST_RUN,
        LAST_JOB,
        CREATED_AT,
        UPDATED_AT,
        EPOCH,
        REWINDS
    }

    private ScheduleCodec() {}

    /** What a caller wants, in the order of the first fields of {@link ScheduleField}. */
    static List<String> write(ScheduleSpec spec) {
        Timing timing = spec.timing();
        return List.of(
                String.join(
                        " ",
                        timing.zone().getId(),
                        timing.gap().wireName(),
                        timing.overlap().wireName(),
                        timing.cron()),
                spec.misfire().policy().wireName() + ":" + spec.misfire().limit(),
                spec.queue().value(),
                spec.durability().wireName(),
                SpecText.writeWithPayload(spec.job()));
    }

    /**
     * Reads a schedule.
     *
     * @param fields values in the order of {@link ScheduleField}
     * @throws RuntimeException if they do not make a schedule
     */
    static Schedule read(ScheduleName name, Response fields) {
        ScheduleSpec spec = new ScheduleSpec(
                timing(text(fields, ScheduleField.TIMING)),
                misfire(text(fields, ScheduleField.MISFIRE)),
                new QueueName(text(fields, ScheduleField.QUEUE)),
                SpecText.readWithPayload(text(fields, ScheduleField.JOB)),
                Durability.valueOf(text(fields, ScheduleField.DURABILITY).toUpperCase(Locale.ROOT)));
        Optional<Schedule.Run> last = instant(fields, ScheduleField.LAST_RUN)
                .map(at -> new Schedule.Run(at, new JobId(text(fields, ScheduleField.LAST_JOB))));
        return new Schedule(
                name,
                spec,
                "1".equals(text(fields, ScheduleField.PAUSED)),
                instant(fields, ScheduleField.NEXT),
                last,
                instant(fields, ScheduleField.CREATED_AT).orElseThrow(),
                instant(fields, ScheduleField.UPDATED_AT).orElseThrow(),
                text(fields, ScheduleField.EPOCH),
                count(fields, ScheduleField.REWINDS));
    }

    /** Whether there is a schedule at all. */
    static boolean there(Response fields) {
        return fields.size() > 0 && fields.get(ScheduleField.EPOCH.ordinal()) != null;
    }

    static String millis(Optional<Instant> time) {
        return time.map(at -> Long.toString(at.toEpochMilli())).orElse("");
    }

    private static Timing timing(String text) {
        String[] words = text.split(" ", WORDS_OF_TIMING);
        return new Timing(
                words[3], ZoneId.of(words[0]), Timing.Gap.ofWireName(words[1]), Timing.Overlap.ofWireName(words[2]));
    }

    private static Misfire misfire(String text) {
        String[] parts = text.split(":");
        return new Misfire(Misfire.Policy.ofWireName(parts[0]), Integer.parseInt(parts[1]));
    }

    private static String text(Response fields, ScheduleField field) {
        Response value = fields.get(field.ordinal());
        return value == null ? null : value.toString();
    }

    private static int count(Response fields, ScheduleField field) {
        String value = text(fields, field);
        return value == null ? 0 : Integer.parseInt(value);
    }

    private static Optional<Instant> instant(Response fields, ScheduleField field) {
        return Optional.ofNullable(text(fields, field)).map(Long::parseLong).map(Instant::ofEpochMilli);
    }
}
