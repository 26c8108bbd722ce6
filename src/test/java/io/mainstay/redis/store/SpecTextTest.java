package io.mainstay.redis.store;

import static io.mainstay.queue.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobSpec;
import io.mainstay.job.QueueName;
import io.mainstay.job.UniqueKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpecTextTest {

    private static final QueueName QUEUE = new QueueName("q");

    @Test
    void aTargetIsKept() {
        isKept(job(QUEUE, "a").goingTo("http", "https://[::1]:443").build().spec());
        isKept(job(QUEUE, "a")
                .goingTo("http", "https://a_b.example:8443")
                .unique("k", UniqueKey.Until.END, UniqueKey.OnConflict.KEEP)
                .within(Duration.ofSeconds(3))
                .inOrderOf("g")
                .build()
                .spec());
    }

    private static void isKept(JobSpec spec) {
        assertThat(SpecText.read(SpecText.write(spec), spec.payload())).isEqualTo(spec);
    }
}
