package io.mainstay.rest.job;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.UniqueKey;
import io.mainstay.rest.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** The {@code unique} object of an enqueue. */
final class UniqueRequest {

    private UniqueRequest() {}

    /** A key that is held until its job has ended; null if the value is. */
    static UniqueKey readKey(StrictJson json) throws IOException {
        String key = json.text();
        return key == null ? null : new UniqueKey(key, UniqueKey.Until.END, UniqueKey.OnConflict.KEEP);
    }

    static UniqueKey read(StrictJson json) throws IOException {
        Draft draft = new Draft();
        return json.object(draft) ? draft.finish() : null;
    }

    private static final class Draft implements StrictJson.Fields {

        private String key;
        private UniqueKey.Until until;
        private UniqueKey.OnConflict onConflict;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "key" -> key = json.text();
                case "until" -> until = until(json.text());
                case "onConflict" -> onConflict = onConflict(json);
                default -> throw json.unknownField();
            }
        }

        UniqueKey finish() {
            if (key == null) {
                throw new InvalidValueException("unique.key", null, "given");
            }
            return new UniqueKey(
                    key,
                    Objects.requireNonNullElse(until, UniqueKey.Until.END),
                    Objects.requireNonNullElse(onConflict, UniqueKey.OnConflict.KEEP));
        }

        private static UniqueKey.Until until(String text) {
            if (text == null) {
                return null;
            }
            return switch (text) {
                case "start" -> UniqueKey.Until.START;
                case "end" -> UniqueKey.Until.END;
                default -> new UniqueKey.Until.Time(duration(text));
            };
        }

        private static Duration duration(String text) {
            try {
                return Duration.parse(text).truncatedTo(ChronoUnit.MILLIS);
            } catch (DateTimeParseException | ArithmeticException e) {
                throw new InvalidValueException(
                        "unique.until", text, "start, end or an ISO-8601 duration such as PT10M");
            }
        }

        private static UniqueKey.OnConflict onConflict(StrictJson json) throws IOException {
            String value = json.text();
            if (value == null) {
                return null;
            }
            for (UniqueKey.OnConflict known : UniqueKey.OnConflict.values()) {
                if (known.wireName().equals(value)) {
                    return known;
                }
            }
            throw json.unknownValue(value, "keep, replace or reject");
        }
    }
}
