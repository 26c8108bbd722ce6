package io.mainstay.redis.connection;

import java.util.List;

/** For tests that do not care how Redis is set up. */
public final class OpenGate {

    private OpenGate() {}

    public static StoreGate make() {
        StoreGate gate = new StoreGate();
        gate.open(List.of());
        return gate;
    }
}
