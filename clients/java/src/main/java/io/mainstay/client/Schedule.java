package io.mainstay.client;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A recurring job by cron. Immutable.
 *
 * <pre>{@code
 * Schedule.of("30 2 * * MON-FRI", "reports", NewJob.of("report")).timeZone(ZoneId.of("Europe/Berlin"))
 * }</pre>
 *
 * <p>Set all other fields of the API ("Schedules" in its description) with {@link #with}.
 */
public final class Schedule {

    private final Map<String, JsonValue> fields;

    private Schedule(Map<String, JsonValue> fields) {
        this.fields = fields;
    }

    /**
     * @param cron five fields, or six with seconds
     * @param queue where the jobs go
     * @param job made for each run; without an id and a delay
     */
    public static Schedule of(String cron, String queue, NewJob job) {
        return new Schedule(Map.of()).with("cron", cron).with("queue", queue).with("job", job.json());
    }

    static Schedule of(JsonValue json) {
        return new Schedule(json.members());
    }

    /** UTC unless given. */
    public Schedule timeZone(ZoneId zone) {
        return with("timeZone", zone.getId());
    }

    /** What happens to missed runs: {@code skip}, {@code once} or {@code all}. */
    public Schedule misfire(String misfire) {
        return with("misfire", misfire);
    }

    /** @param value anything that {@link JsonValue#of} takes */
    public Schedule with(String field, Object value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(fields);
        more.put(field, JsonValue.of(value));
        return new Schedule(more);
    }

    /** Empty until the service has it. */
    public String name() {
        return json().get("name").asString("");
    }

    public String cron() {
        return json().get("cron").asString();
    }

    public String queue() {
        return json().get("queue").asString();
    }

    public boolean paused() {
        return json().get("paused").equals(JsonValue.of(true));
    }

    /** Its next run, if any. */
    public Optional<Instant> next() {
        return Optional.of(json().get("next").asString(""))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
    }

    /** All of its fields. */
    public JsonValue json() {
        return JsonValue.of(fields);
    }

    @Override
    public String toString() {
        return json().text();
    }
}
