package io.mainstay.redis.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.AttemptError;
import io.mainstay.job.HandlerNotes;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.Timeline;
import io.mainstay.queue.History;
import io.mainstay.queue.JobPart;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Jobs to and from what Redis holds. */
final class JobCodec {

    private static final JobStatus.Starts FIRST_ATTEMPT = new JobStatus.Starts(1, 1, 0);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JobCodec() {}

    /** The job that an enqueue made. */
    static Job created(NewJob job, JobState state, Instant enqueuedAt, Instant runAt) {
        Timeline times = new Timeline(enqueuedAt, runAt, null, null);
        return new Job(
                job.queue(),
                job.id(),
                job.spec(),
                new JobStatus(state, JobStatus.Starts.NONE, times, null, HandlerNotes.NOTHING, List.of()));
    }

    /**
     * Reads a job.
     *
     * @param payload null if there is none that can be read
     * @param fields values in the order of {@link JobField}
     * @throws UnreadableJobException if they do not make a job
     */
    static Job read(QueueName queue, JobId id, Response payload, Response fields) {
        return read(queue, id, payload(queue, id, payload), fields);
    }

    /**
     * As {@link #read}, of a job that a claim answers.
     *
     * @param fields those of {@link JobField#OF_READY_JOB} of a job that runs since claimedAt; or all; or, if this is its first attempt, one
     *     text: when it was enqueued, a space, and its {@link JobField#SPEC}
     */
    static Job claimed(QueueName queue, JobId id, Response payload, Response fields, Instant claimedAt) {
        Json text = payload(queue, id, payload);
        return fields.type() == ResponseType.MULTI
                ? read(queue, id, text, fields, claimedAt)
                : claimedFirst(queue, id, text, fields.toString(), claimedAt);
    }

    private static Job claimedFirst(QueueName queue, JobId id, Json payload, String words, Instant claimedAt) {
        try {
            int space = words.indexOf(' ');
            Instant enqueuedAt = Instant.ofEpochMilli(Long.parseLong(words, 0, space, 10));
            JobSpec spec = SpecText.read(words.substring(space + 1), payload);
            Timeline times = new Timeline(enqueuedAt, enqueuedAt, claimedAt, null);
            JobStatus status =
                    new JobStatus(JobState.RUNNING, FIRST_ATTEMPT, times, null, HandlerNotes.NOTHING, List.of());
            return new Job(queue, id, spec, status);
        } catch (RuntimeException e) {
            throw new UnreadableJobException(queue, id, e);
        }
    }

    private static Json payload(QueueName queue, JobId id, Response payload) {
        if (payload == null) {
            throw new UnreadableJobException(queue, id, new IllegalStateException("its payload is gone"));
        }
        return new Json(payload.toString());
    }

    /** As {@link #read}, for those who do not look at the payload: it is the JSON value null. */
    static Job readWithoutPayload(QueueName queue, JobId id, Response fields) {
        return read(queue, id, Json.NULL, fields);
    }

    /** @param entry id, payload, bytes of the payload, bytes of the result, fields, as {@code list.lua} answers */
    static Job listed(QueueName queue, Response entry, Set<JobPart> parts) {
        JobId id = new JobId(entry.get(0).toString());
        Json payload = parts.contains(JobPart.PAYLOAD)
                ? new Json(entry.get(1).toString())
                : Json.leftOut(entry.get(2).toLong());
        Job job = read(queue, id, payload, entry.get(4));
        long result = entry.get(3).toLong();
        // A result is JSON text, so none has no bytes.
        return parts.contains(JobPart.RESULT) || result == 0
                ? job
                : new Job(queue, id, job.spec(), job.status().withResult(Json.leftOut(result)));
    }

    private static Job read(QueueName queue, JobId id, Json payload, Response fields) {
        return read(queue, id, payload, fields, null);
    }

    private static Job read(QueueName queue, JobId id, Json payload, Response fields, Instant claimedAt) {
        try {
            JobSpec spec = SpecText.read(text(fields, JobField.SPEC), payload);
            return new Job(queue, id, spec, status(fields, claimedAt));
        } catch (RuntimeException | JsonProcessingException e) {
            throw new UnreadableJobException(queue, id, e);
        }
    }

    private static JobStatus status(Response fields, Instant claimedAt) throws JsonProcessingException {
        Instant enqueuedAt = Instant.ofEpochMilli(Long.parseLong(text(fields, JobField.ENQUEUED_AT)));
        Instant runAt = instant(fields, JobField.RUN_AT);
        boolean justClaimed = fields.size() <= JobField.OF_READY_JOB.size();
        Timeline times = new Timeline(
                enqueuedAt,
                runAt == null ? enqueuedAt : runAt,
                justClaimed ? claimedAt : instant(fields, JobField.STARTED_AT),
                instant(fields, JobField.FINISHED_AT));
        String result = text(fields, JobField.RESULT);
        return new JobStatus(
                justClaimed ? JobState.RUNNING : JobState.ofWireName("state", text(fields, JobField.STATE)),
                starts(fields),
                times,
                result == null ? null : new Json(result),
                told(fields),
                errors(text(fields, JobField.ERRORS)));
    }

    private static JobStatus.Starts starts(Response fields) {
        String attempt = text(fields, JobField.ATTEMPT);
        String claims = text(fields, JobField.CLAIMS);
        if (claims == null) {
            return JobStatus.Starts.NONE;
        }
        String reruns = text(fields, JobField.RERUNS);
        return new JobStatus.Starts(
                attempt == null ? 0 : Integer.parseInt(attempt),
                Long.parseLong(claims),
                reruns == null ? 0 : Integer.parseInt(reruns));
    }

    private static HandlerNotes told(Response fields) {
        String progress = text(fields, JobField.PROGRESS);
        String snoozes = text(fields, JobField.SNOOZES);
        return progress == null && snoozes == null
                ? HandlerNotes.NOTHING
                : new HandlerNotes(
                        progress == null ? null : NoteText.progress(progress),
                        snoozes == null ? 0 : Integer.parseInt(snoozes));
    }

    /** As fail.lua writes it. */
    static History.Stack stack(Response text) {
        String[] words = text.toString().split(" ", 2);
        return new History.Stack(Instant.ofEpochMilli(Long.parseLong(words[0])), words[1]);
    }

    private static List<AttemptError> errors(String json) throws JsonProcessingException {
        if (json == null) {
            return List.of();
        }
        JsonNode entries = MAPPER.readTree(json);
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> new AttemptError(
                        entry.path("attempt").asInt(),
                        Instant.ofEpochMilli(entry.path("at").asLong()),
                        entry.path("type").asText(),
                        entry.path("message").asText(),
                        entry.has("began")
                                ? Instant.ofEpochMilli(entry.path("began").asLong())
                                : null,
                        entry.path("worker").asText(null)))
                .toList();
    }

    private static String text(Response fields, JobField field) {
        Response value = field.ordinal() < fields.size() ? fields.get(field.ordinal()) : null;
        return value == null ? null : value.toString();
    }

    private static Instant instant(Response fields, JobField field) {
        String text = text(fields, field);
        return text == null ? null : Instant.ofEpochMilli(Long.parseLong(text));
    }

    /** What is stored under a job's key does not make a job. */
    static final class UnreadableJobException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableJobException(QueueName queue, JobId id, Exception cause) {
            super("job %s of queue %s cannot be read: %s".formatted(id, queue, cause.getMessage()), cause);
        }
    }
}
