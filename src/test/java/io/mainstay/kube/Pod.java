package io.mainstay.kube;

import io.mainstay.process.ServiceProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A pod of one container and the kubelet that cares for it: probes it as the manifest says, restarts it when liveness
 * fails or the start takes too long, and ends it with preStop, SIGTERM and, after the grace period, SIGKILL.
 */
final class Pod implements AutoCloseable {

    private final PodPlan plan;
    private final Supplier<ServiceProcess> image;
    private final Endpoints endpoints;
    private final List<ProbeLoop> probes = new ArrayList<>();
    private ServiceProcess container;
    private boolean ready;
    private boolean leaving;
    private int restarts;
    private int killed;

    Pod(PodPlan plan, Supplier<ServiceProcess> image, Endpoints endpoints) {
        this.plan = plan;
        this.image = image;
        this.endpoints = endpoints;
        run();
    }

    synchronized boolean ready() {
        return ready;
    }

    /** Of its container, for whatever reason. */
    synchronized int restarts() {
        return restarts;
    }

    /** Times that the grace period did not suffice. */
    synchronized int killed() {
        return killed;
    }

    synchronized ServiceProcess container() {
        return container;
    }

    URI uri(String path) {
        return container().uri(path);
    }

    /** Deletes the pod: requests go elsewhere, once everybody has heard of it; completes when its process has ended. */
    CompletableFuture<Void> delete() {
        synchronized (this) {
            leaving = true;
            stopProbes();
        }
        setReady(false);
        return CompletableFuture.runAsync(() -> end(plan.grace()));
    }

    /** The whole node is gone, kubelet and all: nobody takes the pod out of the endpoints. */
    synchronized void loseNode() {
        leaving = true;
        stopProbes();
        container.kill();
    }

    /** What the control plane does with the pods of a node, once it knows that it is gone. */
    void forget() {
        setReady(false);
    }

    @Override
    public synchronized void close() {
        leaving = true;
        stopProbes();
        container.close();
    }

    private synchronized void run() {
        if (leaving) {
            return;
        }
        container = image.get();
        watch(plan.startup(), started -> {
            if (started) {
                stopProbes();
                watch(plan.readiness(), this::setReady);
                watch(plan.liveness(), alive -> {
                    if (!alive) {
                        restart(plan.livenessGrace());
                    }
                });
            } else {
                restart(plan.grace());
            }
        });
    }

    private void restart(Duration grace) {
        synchronized (this) {
            if (leaving) {
                return;
            }
            restarts++;
            stopProbes();
        }
        setReady(false);
        CompletableFuture.runAsync(() -> {
            end(grace);
            run();
        });
    }

    private void end(Duration grace) {
        ServiceProcess ending = container();
        CompletableFuture.runAsync(
                        ending::requestEnd,
                        CompletableFuture.delayedExecutor(plan.preStop().toMillis(), TimeUnit.MILLISECONDS))
                .join();
        if (!ending.awaitExit(grace.minus(plan.preStop()))) {
            synchronized (this) {
                killed++;
            }
            ending.kill();
        }
    }

    private void setReady(boolean now) {
        synchronized (this) {
            if (ready == now || (now && leaving)) {
                return;
            }
            ready = now;
        }
        endpoints.change(this, now);
    }

    private synchronized void watch(HttpProbe probe, Consumer<Boolean> verdict) {
        if (!leaving) {
            probes.add(new ProbeLoop(probe, container.uri(probe.path()), verdict));
        }
    }

    private synchronized void stopProbes() {
        probes.forEach(ProbeLoop::close);
        probes.clear();
    }
}
