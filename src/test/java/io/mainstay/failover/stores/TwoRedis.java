package io.mainstay.failover.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import io.mainstay.redis.FaultyProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Two instances on two Redis; each instance has a way of its own to the first, and both share the one to the second. */
final class TwoRedis implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final RedisNode first = RedisNode.start().awaitUp();
    private final RedisNode second = RedisNode.start().awaitUp();
    private final List<FaultyProxy> toFirst = List.of(new FaultyProxy(first.port()), new FaultyProxy(first.port()));
    private final FaultyProxy toSecond = new FaultyProxy(second.port());
    private final List<ServiceProcess> instances =
            toFirst.stream().map(this::start).toList();
    private int queues;

    TwoRedis() {
        instances.forEach(ServiceProcess::awaitReady);
    }

    private ServiceProcess start(FaultyProxy way) {
        return new ServiceProcess(
                way.address(),
                Map.of(
                        "mainstay.handlers.demo", "true",
                        "mainstay.retention.succeeded.max-count", "1000000",
                        "mainstay.stores.second.hosts", toSecond.address()));
    }

    RedisNode first() {
        return first;
    }

    RedisNode second() {
        return second;
    }

    List<FaultyProxy> toFirst() {
        return toFirst;
    }

    List<ServiceProcess> instances() {
        return instances;
    }

    /** A mirrored queue of which both have all. */
    QueueName mirroredQueue(Duration hold) {
        QueueName queue = new QueueName("orders-" + ++queues);
        await("policy").atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(instances
                        .get(0)
                        .put(
                                "/v1/queues/" + queue + "/policy",
                                "{\"critical\": \"mirrored\", \"hold\": \"%s\"}".formatted(hold)))
                .contains("mirrored"));
        awaitWhole(queue);
        return queue;
    }

    /** Both have all there is to have, and each has heard of all that changed in the other. */
    void awaitWhole(QueueName queue) {
        eventually("both stores are whole", () -> {
            assertThat(metric("mainstay_mirror_healthy", queue)).isEqualTo(instances.size());
            assertThat(metric("mainstay_mirror_outbox", queue)).isZero();
        });
    }

    /** Nothing of it waits or runs. */
    void awaitIdle(QueueName queue) {
        eventually("nothing is left", () -> assertThat(instances.get(0).get("/v1/queues/" + queue))
                .contains("\"ready\":0", "\"running\":0", "\"scheduled\":0"));
    }

    static void eventually(String what, Check check) {
        await(what).atMost(SOON).pollInterval(GLANCE).ignoreExceptions().untilAsserted(check::run);
    }

    /** By all instances. */
    double metric(String name, QueueName queue) {
        return metric(name, "queue=\"" + queue + "\"");
    }

    double metric(String name, String label) {
        return instances.stream()
                .flatMap(each -> each.get("/q/metrics").lines())
                .filter(line -> line.startsWith(name + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Connections are closed, those that are there and new ones are not answered. */
    static void silence(FaultyProxy way) {
        way.strandConnections(true);
        way.blackHoleConnections();
    }

    /** Both together, in seconds. */
    double cpu() {
        return first.cpuSeconds() + second.cpuSeconds();
    }

    @Override
    public void close() {
        instances.forEach(ServiceProcess::close);
        toFirst.forEach(FaultyProxy::close);
        toSecond.close();
        first.close();
        second.close();
    }

    interface Check {
        void run();
    }
}
