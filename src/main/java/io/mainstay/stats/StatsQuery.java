package io.mainstay.stats;

import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Asks for statistics.
 *
 * @param queue of this one; empty for all
 * @param handler of this one; empty for all
 * @param by told apart by this as well
 * @param first number of the first point
 * @param last number of the last point; before the first if none is asked for that is kept
 */
record StatsQuery(
        Optional<QueueName> queue,
        Optional<HandlerName> handler,
        Optional<StatsGrouping> by,
        Resolution resolution,
        long first,
        long last) {

    private static final Duration USUAL = Duration.ofHours(1);

    /** As it is written; null where something is not given. */
    record Text(String queue, String handler, String from, String to, String step, String by) {}

    /**
     * @param now by the store's clock
     * @throws InvalidValueException that names the parameter that is not right
     */
    static StatsQuery of(Text text, Instant now) {
        Instant wanted = text.to() == null ? now : StatsTimes.time("to", text.to(), now);
        Instant to = wanted.isAfter(now) ? now : wanted;
        Instant from = text.from() == null ? to.minus(USUAL) : StatsTimes.time("from", text.from(), now);
        if (!from.isBefore(wanted)) {
            throw new InvalidValueException("from", text.from(), "a time before " + wanted);
        }
        Resolution resolution = text.step() == null ? finest(from, now) : StatsTimes.step(text.step());
        Instant oldest = now.minus(resolution.kept());
        return new StatsQuery(
                Optional.ofNullable(text.queue()).map(QueueName::new),
                Optional.ofNullable(text.handler()).map(HandlerName::new),
                Optional.ofNullable(text.by()).map(StatsGrouping::parse),
                resolution,
                resolution.point((from.isBefore(oldest) ? oldest : from).toEpochMilli()),
                resolution.point(to.toEpochMilli() - 1));
    }

    private static Resolution finest(Instant from, Instant now) {
        return Arrays.stream(Resolution.values())
                .filter(each -> !from.isBefore(now.minus(each.kept())))
                .findFirst()
                .orElse(Resolution.HOURS);
    }

    boolean matches(Series series) {
        return queue.map(series.queue()::equals).orElse(true)
                && handler.map(series.handler()::equals).orElse(true);
    }

    boolean filtered() {
        return queue.isPresent() || handler.isPresent();
    }

    boolean covers(long point) {
        return point >= first && point <= last;
    }

    List<Long> chunks() {
        return first > last
                ? List.of()
                : LongStream.rangeClosed(resolution.chunk(first), resolution.chunk(last))
                        .boxed()
                        .toList();
    }

    /** When a point begins. */
    Instant at(long point) {
        return Instant.ofEpochMilli(point * resolution.step().toMillis());
    }
}
