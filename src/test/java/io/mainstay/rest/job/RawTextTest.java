package io.mainstay.rest.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.HandlerNotes;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.Timeline;
import io.mainstay.security.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawTextTest {

    /** The writer works in pieces; a character of four bytes may lie across their ends. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void longTextsAreWrittenToTheLetter(int shift) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        new JobViews().customize(mapper);
        Json payload = new Json("[\"" + "x".repeat(shift) + "𝄞é".repeat(20_000) + "\"]");
        RetryPolicy retry = new RetryPolicy(1, new Backoff.Fixed(Duration.ZERO));
        JobSpec spec = new JobSpec(new HandlerName("a"), payload, 4, retry, Duration.ofSeconds(1));
        Timeline times = new Timeline(Instant.EPOCH, Instant.EPOCH, null, null);
        JobStatus status = new JobStatus(JobState.SUCCEEDED, 1, times, payload, HandlerNotes.NOTHING, List.of());

        Job job = new Job(new QueueName("q"), new JobId("a"), spec, status);
        byte[] written = mapper.writeValueAsBytes(JobView.of(job, Caller.UNRESTRICTED));

        assertThat(new String(written, StandardCharsets.UTF_8))
                .contains("\"payload\":" + payload + ",\"enqueuedAt\"", "\"result\":" + payload + ",\"errors\"");
    }
}
