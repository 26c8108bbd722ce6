package io.mainstay.rest.job;

import io.mainstay.job.Deadline;
import io.mainstay.job.Durability;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.StartTime;
import io.mainstay.job.UniqueKey;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.JsonBodyReader;
import io.mainstay.rest.StrictJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Reads {@link JobRequest}. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class JobRequestReader extends JsonBodyReader<JobRequest> {

    JobRequestReader(BodyLimit limit) {
        super(JobRequest.class, limit);
    }

    @Override
    public JobRequest read(byte[] body) throws IOException {
        Draft draft = new Draft();
        StrictJson.read(body, draft);
        return draft.finish();
    }

    /** Reads a job that is the value of a field; null if that is. */
    public static JobRequest nested(String field, StrictJson json) throws IOException {
        Draft draft = new Draft();
        try {
            return json.object(draft) ? draft.finish() : null;
        } catch (InvalidValueException e) {
            // What StrictJson says itself has the whole path.
            throw e.field().startsWith(field + ".") ? e : e.within(field);
        }
    }

    /** What was read of a job so far. */
    public static final class Draft implements StrictJson.Fields {

        private HandlerName handler;
        private Json payload;
        private Json http;
        private JobId id;
        private Duration delay;
        private Instant runAt;
        private Integer priority;
        private Integer maxAttempts;
        private BackoffRequest backoff;
        private Duration timeout;
        private Durability durability;
        private UniqueKey unique;
        private Duration expiresIn;
        private JobGroup group;
        private Duration within;
        private Instant deadline;

        @Override
        public void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "handler" -> {
                    String value = json.text();
                    handler = value == null ? null : new HandlerName(value);
                }
                case "payload" -> payload = json.raw();
                case "http" -> http = json.rawObject();
                case "id" -> {
                    String value = json.text();
                    id = value == null ? null : new JobId(value);
                }
                case "delay" -> delay = json.duration();
                case "runAt" -> runAt = json.instant();
                case "priority" -> priority = json.integer();
                case "maxAttempts" -> maxAttempts = json.integer();
                case "backoff" -> backoff = BackoffRequest.read(json);
                case "timeout" -> timeout = json.duration();
                case "durability" -> durability = durability(json);
                case "uniqueKey" -> unique(UniqueRequest.readKey(json));
                case "unique" -> unique(UniqueRequest.read(json));
                case "expiresIn" -> expiresIn = json.duration();
                case "group" -> group = GroupRequest.read(json);
                case "within" -> within = json.duration();
                case "deadline" -> deadline = json.instant();
                default -> throw json.unknownField();
            }
        }

        public JobRequest finish() {
            if (group != null && group.ordered() && priority != null) {
                throw new InvalidValueException("priority", priority, "left out when group.ordered is true");
            }
            return new JobRequest(
                    handler,
                    payload,
                    http,
                    id,
                    StartTime.of(delay, runAt).orElse(StartTime.NOW),
                    priority,
                    maxAttempts,
                    backoff,
                    timeout,
                    durability,
                    unique,
                    expiresIn,
                    group,
                    deadline());
        }

        private void unique(UniqueKey given) {
            if (unique != null && given != null) {
                throw new InvalidValueException("uniqueKey", given.key(), "left out when unique is given");
            }
            unique = given == null ? unique : given;
        }

        private Deadline deadline() {
            if (deadline == null) {
                return within == null ? null : within();
            }
            if (within != null) {
                throw new InvalidValueException("deadline", deadline, "left out when within is given");
            }
            if (runAt != null && !runAt.isBefore(deadline)) {
                throw new InvalidValueException("deadline", deadline, "after runAt");
            }
            return new Deadline.At(deadline);
        }

        private Deadline within() {
            if (delay != null && delay.compareTo(within) >= 0) {
                throw new InvalidValueException("within", within, "longer than delay");
            }
            return new Deadline.Within(within);
        }

        private static Durability durability(StrictJson json) throws IOException {
            String value = json.text();
            if (value == null) {
                return null;
            }
            for (Durability known : Durability.values()) {
                if (known.wireName().equals(value)) {
                    return known;
                }
            }
            throw json.unknownValue(value, "memory, replica or fsync");
        }
    }
}
