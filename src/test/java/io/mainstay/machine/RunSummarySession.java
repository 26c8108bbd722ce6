package io.mainstay.machine;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Has each JVM of a run watched, and its {@link RunSummary} printed at its end. Registered as a service. */
public final class RunSummarySession implements LauncherSessionListener {

    static final String NAMESPACE = "io.mainstay.machine";
    static final String CHECK = "check";

    private final RunSummary summary;
    private final Consumer<String> out;

    public RunSummarySession() {
        this(new RunSummary("true".equals(System.getenv("CI")), new BegunAnew(run())), System.out::print);
    }

    /** @param out takes the text at the end */
    RunSummarySession(RunSummary summary, Consumer<String> out) {
        this.summary = summary;
        this.out = out;
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new RunSummaryListener(summary));
        // A type of the JDK: the one who takes it out may have been loaded by another class loader.
        session.getStore().put(Namespace.create(NAMESPACE), CHECK, (Runnable) summary::check);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        out.accept(summary.text());
    }

    /** Maven gives all its JVMs one. */
    private static Path run() {
        String run = System.getProperty(
                "mainstay.tests.run", Long.toString(ProcessHandle.current().pid()));
        return Path.of("target", "begun-anew", run.replaceAll("\\W", "-"));
    }
}
