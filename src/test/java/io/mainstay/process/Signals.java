package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** Signals that Java cannot send; by the shell, which every machine has. */
public final class Signals {

    private static final long DEADLINE_SECONDS = 5;

    private Signals() {}

    /** SIGSTOP (true) or SIGCONT: a stopped process keeps its connections and answers nothing. */
    public static void freeze(long pid, boolean frozen) {
        try {
            Process shell =
                    new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(frozen ? "STOP" : "CONT", pid)).start();
            if (!shell.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || shell.exitValue() != 0) {
                throw new IllegalStateException("no signal to " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
