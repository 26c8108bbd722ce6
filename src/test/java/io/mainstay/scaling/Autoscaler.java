package io.mainstay.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Does what an autoscaler of Kubernetes does with the number the service tells: upwards at once, downwards to the
 * highest number of a window, and by half of the instances at most in a while.
 */
final class Autoscaler implements AutoCloseable {

    private record Wish(long at, int replicas) {}

    private final ObjectMapper mapper = new ObjectMapper();
    private final Supplier<ServiceProcess> start;
    private final int most;
    private final Duration window;
    private final Duration halfEvery;
    private final ServiceProcess first;
    private final Deque<ServiceProcess> others = new ArrayDeque<>();
    private final List<ServiceProcess> leaving = new ArrayList<>();
    private final Deque<Wish> wishes = new ArrayDeque<>();
    private long lastDown = System.nanoTime();

    /** Begins with one instance, which stays. */
    Autoscaler(Supplier<ServiceProcess> start, int most, Duration window, Duration halfEvery) {
        this.start = start;
        this.most = most;
        this.window = window;
        this.halfEvery = halfEvery;
        this.first = start.get().awaitReady();
    }

    ServiceProcess first() {
        return first;
    }

    /** Instances that are there and not asked to go. */
    int replicas() {
        return 1 + others.size();
    }

    /** Asks the service and follows. */
    JsonNode step() {
        JsonNode answer = ask();
        long now = System.nanoTime();
        wishes.add(new Wish(
                now, Math.max(1, Math.min(most, answer.path("desiredReplicas").asInt()))));
        wishes.removeIf(wish -> now - wish.at > window.toNanos());
        int latest = wishes.getLast().replicas;
        int highest = wishes.stream().mapToInt(Wish::replicas).max().orElse(latest);
        if (latest > replicas()) {
            while (replicas() < latest) {
                others.add(start.get());
            }
        } else if (highest < replicas() && now - lastDown > halfEvery.toNanos()) {
            lastDown = now;
            int least = Math.max(highest, replicas() / 2);
            while (replicas() > least) {
                ServiceProcess youngest = others.removeLast();
                youngest.requestEnd();
                leaving.add(youngest);
            }
        }
        return answer;
    }

    /** Waits for those that were asked to go. */
    void awaitLeft() {
        leaving.forEach(ServiceProcess::awaitExit);
    }

    private JsonNode ask() {
        try {
            return mapper.readTree(first.get("/v1/scaling"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        leaving.forEach(ServiceProcess::close);
        others.forEach(ServiceProcess::close);
        first.close();
    }
}
