package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.failover.nemesis.Names;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobMixTest {

    private static final int LARGEST_PAYLOAD = 256 * 1024;
    private static final int MANY = 2_000;

    @Test
    void payloadsReachFromNothingToTheLimitAndNameTheirJobAlone() throws JsonProcessingException {
        JobMix mix = new JobMix(7, "http://127.0.0.1:1/");
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            String body = mix.next(Names.of(i)).body();
            var job = new ObjectMapper().readTree(body);
            sizes.add(job.path(job.has("http") ? "http" : "payload").toString().length());

            assertThat(job.path("id").asText()).isEqualTo(Names.of(i));
            assertThat(Names.foreign(body, Names.of(i))).isEmpty();
        }
        assertThat(sizes)
                .allMatch(size -> size <= LARGEST_PAYLOAD)
                .anyMatch(size -> size > LARGEST_PAYLOAD / 2)
                .anyMatch(size -> size < 100);
    }

    @Test
    void nameOfAnotherJobIsFound() {
        assertThat(Names.foreign(Names.of(12) + Names.of(12) + Names.of(13), Names.of(12)))
                .isEqualTo(Names.of(13));
    }
}
