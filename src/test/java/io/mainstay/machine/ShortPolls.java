package io.mainstay.machine;

import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Has Awaitility look every 20 ms where a test says nothing else: at its own 100 ms, hundreds of waits take a minute. */
public final class ShortPolls implements BeforeAllCallback {

    private static final Duration POLL = Duration.ofMillis(20);

    /** Quarkus loads the classes of its tests anew, and Awaitility with them. */
    @Override
    public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
        ClassLoader loader = context.getRequiredTestClass().getClassLoader();
        Class.forName("org.awaitility.Awaitility", true, loader)
                .getMethod("setDefaultPollInterval", Duration.class)
                .invoke(null, POLL);
    }
}
