package io.mainstay.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Answers that carry jobs. */
@ConfigMapping(prefix = "mainstay.answers")
public interface AnswersConfig {

    /**
     * Bytes of payloads, results and errors in answers that are being read from the store or written to callers, 2M to 1G. Further
     * reads wait for a moment and are refused then (503). On the heap an answer takes up to four times its bytes.
     */
    @WithDefault("16M")
    MemorySize memory();

    /**
     * How long a caller may take to receive an answer, PT1S to PT10M; the connection is closed then. Long: callers that do not
     * read their answers keep others from reading.
     */
    @WithDefault("PT10S")
    Duration writeTimeout();
}
