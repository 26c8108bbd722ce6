package io.mainstay.audit;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.rest.WholeNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks for one page of records, newest first.
 *
 * @param caller the id of one; as all that follow, empty for any
 * @param operation the id of one
 * @param queue the name of one
 * @param fromMs of this time or later
 * @param before older than this
 * @param limit most records on the page, 1 to {@link #MOST}
 */
record AuditQuery(
        AuditKind kind,
        Optional<String> caller,
        Optional<String> operation,
        Optional<String> queue,
        long fromMs,
        Optional<AuditId> before,
        int limit) {

    static final int MOST = 200;
    private static final long LATEST = 253_402_300_799_999L;
    private static final String TIME = "a time such as 2026-11-23T04:37:37Z";

    AuditQuery {
        Bounds.between("limit", limit, 1, MOST);
    }

    /** Conditions as they are written in a query; null where none is given. */
    record Text(
            String kind,
            String caller,
            String operation,
            String queue,
            String from,
            String to,
            String cursor,
            String limit) {}

    /** @throws InvalidValueException that names the parameter that is not right */
    static AuditQuery of(Text text) {
        return new AuditQuery(
                AuditKind.ofLabel("kind", text.kind()),
                Optional.ofNullable(text.caller()),
                Optional.ofNullable(text.operation()),
                Optional.ofNullable(text.queue()),
                text.from() == null ? 0 : ms("from", text.from()),
                Stream.of(
                                Optional.ofNullable(text.to()).map(to -> new AuditId(ms("to", to), 0)),
                                Optional.ofNullable(text.cursor()).map(cursor -> AuditId.parse("cursor", cursor)))
                        .flatMap(Optional::stream)
                        .min(AuditId::compareTo),
                WholeNumber.parse("limit", text.limit()));
    }

    boolean filtered() {
        return caller.isPresent() || operation.isPresent() || queue.isPresent();
    }

    boolean matches(AuditRecord record) {
        return caller.map(id -> id.equals(record.callerId())).orElse(true)
                && operation.map(id -> id.equals(record.operation())).orElse(true)
                && queue.map(name -> name.equals(record.queue())).orElse(true);
    }

    private static long ms(String field, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return Math.max(0, Math.min(LATEST, time.toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidValueException(field, text, TIME);
        }
    }
}
