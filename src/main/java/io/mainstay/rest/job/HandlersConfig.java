package io.mainstay.rest.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which handlers jobs may name. */
@ConfigMapping(prefix = "mainstay.handlers")
public interface HandlersConfig {

    /**
     * What becomes of jobs with a handler that no instance has, no worker announced within 30 days and nobody declared: {@code refuse}, which
     * catches misspelt names, or {@code accept}; such a job waits until a worker comes that has the handler.
     */
    @WithDefault("refuse")
    UnknownHandlers unknown();
}
