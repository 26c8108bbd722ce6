package io.mainstay.api;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Rate;
import io.mainstay.queue.changes.LimitName;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.rest.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Limits as a request has them; a field that is null has no limit. */
final class LimitsBody implements StrictJson.Fields {

    private final Set<LimitName> given = EnumSet.noneOf(LimitName.class);
    private final Running running = new Running(LimitName.CONCURRENCY, LimitName.RATE);
    private final Running ofGroups = new Running(LimitName.GROUP_CONCURRENCY, LimitName.GROUP_RATE);
    private OptionalLong maxWaiting = OptionalLong.empty();

    static LimitsBody read(byte[] body) throws IOException {
        LimitsBody read = new LimitsBody();
        StrictJson.read(body, read);
        return read;
    }

    QueueLimits limits() {
        return new QueueLimits(maxWaiting, running.concurrency, running.rate, ofGroups.concurrency, ofGroups.rate);
    }

    /** Of those alone that the request names. */
    LimitsPatch patch() {
        return new LimitsPatch(given, limits());
    }

    @Override
    public void take(String name, StrictJson json) throws IOException {
        switch (name) {
            case "maxWaiting" -> {
                given.add(LimitName.MAX_WAITING);
                Integer value = json.integer();
                maxWaiting = value == null ? OptionalLong.empty() : OptionalLong.of(value);
            }
            case "groups" -> groups(json);
            default -> running.take(name, json);
        }
    }

    private void groups(StrictJson json) throws IOException {
        try {
            if (!json.object(ofGroups)) {
                given.add(LimitName.GROUP_CONCURRENCY);
                given.add(LimitName.GROUP_RATE);
            }
        } catch (InvalidValueException e) {
            // What StrictJson says itself has the whole path.
            throw e.field().startsWith("groups.") ? e : e.within("groups");
        }
    }

    /** Of a queue, or of each of its groups. */
    private final class Running implements StrictJson.Fields {

        private final LimitName ofConcurrency;
        private final LimitName ofRate;
        private OptionalInt concurrency = OptionalInt.empty();
        private Optional<Rate> rate = Optional.empty();

        Running(LimitName ofConcurrency, LimitName ofRate) {
            this.ofConcurrency = ofConcurrency;
            this.ofRate = ofRate;
        }

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "concurrency" -> {
                    given.add(ofConcurrency);
                    Integer value = json.integer();
                    concurrency = value == null ? OptionalInt.empty() : OptionalInt.of(value);
                }
                case "rate" -> {
                    given.add(ofRate);
                    RateBody body = new RateBody();
                    rate = json.object(body) ? Optional.of(body.finish()) : Optional.empty();
                }
                default -> throw json.unknownField();
            }
        }
    }

    /** One value: a count without its period, or the other way round, is none. */
    private static final class RateBody implements StrictJson.Fields {

        private Integer count;
        private Duration period;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "count" -> count = json.integer();
                case "period" -> period = json.duration();
                default -> throw json.unknownField();
            }
        }

        Rate finish() {
            if (count == null) {
                throw new InvalidValueException("rate.count", null, "given");
            }
            return new Rate(count, period);
        }
    }
}
