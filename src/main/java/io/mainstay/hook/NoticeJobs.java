package io.mainstay.hook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.mainstay.handler.PayloadCheck;
import io.mainstay.job.Backoff;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobSerializer;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the job that sends a notice to a hook. Its id follows from both, so whoever makes it again makes the same one. Thread-safe. */
@Singleton
class NoticeJobs {

    private static final JsonFactory JSON = new JsonFactory();
    /** Not that of a flow's job, whatever the hook is called. */
    private static final String PREFIX = "hook-";

    private static final int HASH_BYTES = 16;
    private static final int PRIORITY = 4;
    private static final Backoff BACKOFF = new Backoff.Exponential(Duration.ofSeconds(5), Duration.ofHours(1));

    private final Optional<PayloadCheck> requests;
    private final RetryPolicy retry;
    private final Duration timeout;

    @Inject
    NoticeJobs(Instance<PayloadCheck> checks, HookConfig config) {
        this(
                checks.stream()
                        .filter(check -> check.handler().equals(JobIntake.HTTP))
                        .findFirst(),
                config.maxAttempts(),
                config.timeout());
    }

    NoticeJobs(Optional<PayloadCheck> requests, int maxAttempts, Duration timeout) {
        this.requests = requests;
        this.retry = new RetryPolicy(maxAttempts, BACKOFF);
        this.timeout = timeout;
    }

    NewJob of(Notice notice, HookName name, Hook hook) {
        Json payload = payload(hook.url(), body(notice, name));
        JobOptions options = target(payload)
                .map(target -> new JobOptions(null, null, null, null, null, target))
                .orElse(JobOptions.NONE);
        JobSpec spec = new JobSpec(JobIntake.HTTP, payload, PRIORITY, retry, timeout, options);
        return new NewJob(QueueName.HOOKS, id(notice, name), spec, StartTime.NOW);
    }

    /** What is sent to that URL. */
    static Json payload(String url, String body) {
        return new Json(beginning(url) + body + "}");
    }

    /** Whether a job of this payload goes to that URL. */
    static boolean goesTo(String url, Json payload) {
        return payload.text().startsWith(beginning(url));
    }

    /** Which hook a job is of, by its id. */
    static Optional<HookName> hookOf(JobId id) {
        int end = id.value().lastIndexOf('.');
        return id.value().startsWith(PREFIX) && end > PREFIX.length()
                ? Optional.of(new HookName(id.value().substring(PREFIX.length(), end)))
                : Optional.empty();
    }

    private static JobId id(Notice notice, HookName hook) {
        String text = hook + "\n" + notice.event() + "\n" + notice.key();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new JobId(PREFIX + hook + "." + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Where it is not allowed any more, its attempts say so. */
    private Optional<String> target(Json payload) {
        try {
            return requests.flatMap(check -> check.accept(payload));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static String beginning(String url) {
        return "{\"url\":" + json(generator -> generator.writeString(url)) + ",\"body\":";
    }

    private static String body(Notice notice, HookName hook) {
        return json(json -> {
            json.writeStartObject();
            json.writeStringField("event", notice.event().wireName());
            json.writeStringField("time", JobSerializer.text(notice.time()));
            json.writeStringField("hook", hook.value());
            for (Map.Entry<String, Object> fact : notice.facts().entrySet()) {
                json.writeFieldName(fact.getKey());
                write(fact.getValue(), json);
            }
            json.writeEndObject();
        });
    }

    private static void write(Object value, JsonGenerator json) throws IOException {
        if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object each : list) {
                json.writeString(each.toString());
            }
            json.writeEndArray();
        } else {
            json.writeString(value.toString());
        }
    }

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String json(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new AssertionError("nothing is written to but memory", e);
        }
        return text.toString();
    }
}
