package io.mainstay.rest.job;

import io.mainstay.job.Backoff;
import io.mainstay.job.InvalidValueException;
import io.mainstay.rest.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A {@code backoff} object as a caller writes it; what was left out is null. */
public record BackoffRequest(String type, Duration initial, Duration max, Duration delay, List<Duration> delays) {

    public static BackoffRequest read(StrictJson json) throws IOException {
        Draft draft = new Draft();
        return json.object(draft) ? draft.finish() : null;
    }

    /** @param defaults for an exponential backoff that leaves something out */
    public Backoff toBackoff(Backoff.Exponential defaults) {
        if ("exponential".equals(type)) {
            refuse(delay, "delay");
            refuse(delays, "delays");
            return new Backoff.Exponential(
                    Objects.requireNonNullElse(initial, defaults.initial()),
                    Objects.requireNonNullElse(max, defaults.max()));
        }
        refuse(initial, "initial");
        refuse(max, "max");
        if ("fixed".equals(type)) {
            refuse(delays, "delays");
            return new Backoff.Fixed(delay);
        }
        if ("listed".equals(type)) {
            refuse(delay, "delay");
            return new Backoff.Listed(Objects.requireNonNullElse(delays, List.of()));
        }
        throw new InvalidValueException("backoff.type", type, "exponential, fixed or listed");
    }

    private void refuse(Object value, String field) {
        if (value != null && type != null) {
            throw new InvalidValueException("backoff." + field, value, "left out when backoff.type is " + type);
        }
    }

    private static final class Draft implements StrictJson.Fields {

        private String type;
        private Duration initial;
        private Duration max;
        private Duration delay;
        private List<Duration> delays;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "type" -> type = json.text();
                case "initial" -> initial = json.duration();
                case "max" -> max = json.duration();
                case "delay" -> delay = json.duration();
                case "delays" -> delays = json.durations();
                default -> throw json.unknownField();
            }
        }

        BackoffRequest finish() {
            return new BackoffRequest(type, initial, max, delay, delays);
        }
    }
}
