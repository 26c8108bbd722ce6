package io.mainstay.demo;

import io.mainstay.handler.AsyncJobHandler;

/** What all of them have in common: they are there where that is configured, and block no thread. */
abstract class DemoHandler implements AsyncJobHandler {

    private final DemoConfig config;

    DemoHandler(DemoConfig config) {
        this.config = config;
    }

    @Override
    public final boolean enabled() {
        return config.demo();
    }

    @Override
    public final boolean neverBlocks() {
        return true;
    }
}
