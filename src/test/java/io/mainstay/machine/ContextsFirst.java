package io.mainstay.machine;

import org.eclipse.microprofile.context.spi.ContextManagerProvider;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has context propagation find its provider before any test begins. Otherwise the first use of Mutiny does, and where two
 * threads are the first, the second one fails ("already set"). Registered as a service.
 */
public final class ContextsFirst implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ContextManagerProvider.instance();
    }
}
