package io.mainstay.http.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageIdTest {

    @Test
    void tellsDeliveriesApartAndAttemptsNot() {
        assertThat(id("mail", "a", 0)).isEqualTo(id("mail", "a", 0)).matches("job_[0-9a-f]{32}");
        assertThat(Stream.of(
                        id("mail", "a", 0),
                        id("mail", "a", 1),
                        id("mail", "a", 10),
                        id("mail", "a1", 0),
                        id("maila", "1", 0),
                        id("post", "a", 0)))
                .doesNotHaveDuplicates();
    }

    private static String id(String queue, String id, int reruns) {
        return MessageId.of(new QueueName(queue), new JobId(id), reruns).value();
    }
}
