package io.mainstay.kube;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * One probe of one container, as a kubelet does it: at once, then every period (at once again after one that took
 * longer), each on a connection of its own. A verdict is told each time as many results in a row as its threshold agree.
 */
final class ProbeLoop implements AutoCloseable {

    private static final int FIRST_FAILURE = 400;

    private final HttpProbe probe;
    private final URI uri;
    private final Consumer<Boolean> verdict;
    private final Thread thread;
    private volatile boolean ended;

    /** @param verdict hears, on this loop's thread, that the probe succeeded or failed often enough */
    ProbeLoop(HttpProbe probe, URI uri, Consumer<Boolean> verdict) {
        this.probe = probe;
        this.uri = uri;
        this.verdict = verdict;
        thread = new Thread(this::run, "probe " + uri);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean latest = false;
        int inARow = 0;
        long next = System.nanoTime();
        while (!ended) {
            boolean succeeded = ask();
            inARow = succeeded == latest ? inARow + 1 : 1;
            latest = succeeded;
            if (!ended && inARow == (succeeded ? probe.successThreshold() : probe.failureThreshold())) {
                verdict.accept(succeeded);
            }
            next = Math.max(next + probe.period().toNanos(), System.nanoTime());
            pause(Duration.ofNanos(next - System.nanoTime()));
        }
    }

    private boolean ask() {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) probe.timeout().toMillis());
            connection.setReadTimeout((int) probe.timeout().toMillis());
            connection.setRequestProperty("Connection", "close");
            try {
                return connection.getResponseCode() < FIRST_FAILURE;
            } finally {
                connection.disconnect();
            }
        } catch (IOException nobodyAnswers) {
            return false;
        }
    }

    private void pause(Duration time) {
        try {
            if (!ended && !time.isNegative()) {
                Thread.sleep(time.toMillis());
            }
        } catch (InterruptedException e) {
            ended = true;
        }
    }

    /** Asks no more, and tells nothing of what is under way. */
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
    }
}
