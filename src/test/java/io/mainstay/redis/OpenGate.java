package io.mainstay.redis;

import java.util.List;

/** For tests that do not care how Redis is set up. */
final class OpenGate {

    private OpenGate() {}

    static StoreGate make() {
        StoreGate gate = new StoreGate();
        gate.open(List.of());
        return gate;
    }
}
