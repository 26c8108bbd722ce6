package io.mainstay.kube;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The pods that requests are sent to. It hears of every change a second late, as the proxies of a cluster do. */
final class Endpoints implements AutoCloseable {

    private static final Duration PROPAGATION = Duration.ofSeconds(1);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Pod> pods = new CopyOnWriteArrayList<>();

    void change(Pod pod, boolean ready) {
        clock.schedule(
                () -> {
                    pods.remove(pod);
                    if (ready) {
                        pods.add(pod);
                    }
                },
                PROPAGATION.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    List<Pod> current() {
        return List.copyOf(pods);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
