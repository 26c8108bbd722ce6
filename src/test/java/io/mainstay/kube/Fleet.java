package io.mainstay.kube;

import io.mainstay.process.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The pods of a deployment, and the controllers that replace them. */
final class Fleet implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private final PodPlan plan;
    private final int surge;
    private final Supplier<ServiceProcess> image;
    private final Endpoints endpoints = new Endpoints();
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final List<Pod> gone = new CopyOnWriteArrayList<>();

    /** @param surge pods above the number of replicas while they are replaced, none of which may be missing meanwhile */
    Fleet(PodPlan plan, int replicas, int surge, Supplier<ServiceProcess> image) {
        this.plan = plan;
        this.surge = surge;
        this.image = image;
        IntStream.range(0, replicas).forEach(i -> add());
    }

    Endpoints endpoints() {
        return endpoints;
    }

    /** Of all containers there ever were. */
    int restarts() {
        return Stream.of(pods, gone)
                .flatMap(List::stream)
                .mapToInt(Pod::restarts)
                .sum();
    }

    /** Some pod that is ready, to ask things of. */
    Pod any() {
        return pods.stream().filter(Pod::ready).findFirst().orElseThrow();
    }

    /** All ready, and known to be. */
    void awaitAll() {
        Awaitility.await("all pods ready")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> pods.stream().allMatch(Pod::ready)
                        && endpoints.current().size() == pods.size());
    }

    /** A rolling update; returns when the last pod that it replaced has ended. @return those pods */
    List<Pod> rollOut() {
        List<Pod> old = List.copyOf(pods);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int from = 0; from < old.size(); from += surge) {
            List<Pod> leaving = old.subList(from, Math.min(old.size(), from + surge));
            List<Pod> coming = leaving.stream().map(pod -> add()).toList();
            coming.forEach(Fleet::awaitReady);
            leaving.forEach(pod -> {
                remove(pod);
                ends.add(pod.delete());
            });
        }
        ends.forEach(CompletableFuture::join);
        return old;
    }

    /** What becomes of a pod whose node is gone, once that is known. */
    void replace(Pod lost) {
        lost.forget();
        remove(lost);
        add();
        awaitAll();
    }

    @Override
    public void close() {
        pods.forEach(Pod::close);
        gone.forEach(Pod::close);
        endpoints.close();
    }

    private Pod add() {
        Pod pod = new Pod(plan, image, endpoints);
        pods.add(pod);
        return pod;
    }

    private void remove(Pod pod) {
        pods.remove(pod);
        gone.add(pod);
    }

    private static void awaitReady(Pod pod) {
        Awaitility.await("a new pod ready")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(50))
                .until(pod::ready);
    }
}
