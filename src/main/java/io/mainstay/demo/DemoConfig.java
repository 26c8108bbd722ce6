package io.mainstay.demo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Handlers for trying things out. */
@ConfigMapping(prefix = "mainstay.handlers")
public interface DemoConfig {

    /**
     * Whether jobs may name the handlers {@code noop}, {@code echo}, {@code sleep} and {@code fail}. True in the dev
     * and test profiles. Off, they are unknown.
     */
    @WithDefault("false")
    boolean demo();
}
