package io.mainstay.rest.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which handlers jobs may name. */
@ConfigMapping(prefix = "mainstay.handlers")
public interface HandlersConfig {

    /** What becomes of a job with a handler that was never heard of. */
    enum Unknown {
        /** 422. */
        REFUSE,
        /** It is accepted, and waits until a worker has the handler. */
        ACCEPT
    }

    /**
     * What becomes of jobs with a handler that no instance has, no worker announced within 30 days and nobody declared: {@code refuse}, which
     * catches misspelt names, or {@code accept}; such a job waits until a worker comes that has the handler.
     */
    @WithDefault("refuse")
    Unknown unknown();
}
