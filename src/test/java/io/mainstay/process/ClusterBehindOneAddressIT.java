package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.redis.ClusterProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A cluster of three shards behind one address, for clients that are told it is one server: what Azure Managed Redis calls the enterprise
 * cluster policy. Two instances, so that wake-ups and waits have to go through the subscription.
 */
class ClusterBehindOneAddressIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int QUEUES = 30;

    private RedisCluster cluster;
    private ClusterProxy proxy;
    private List<ServiceProcess> instances;

    @BeforeEach
    void start() {
        cluster = new RedisCluster();
        proxy = new ClusterProxy(cluster);
        Map<String, String> config = Map.of("mainstay.handlers.demo", "true");
        instances = List.of(new ServiceProcess(proxy.address(), config), new ServiceProcess(proxy.address(), config));
        instances.forEach(ServiceProcess::awaitReady);
    }

    @AfterEach
    void end() {
        instances.forEach(ServiceProcess::close);
        proxy.close();
        cluster.close();
    }

    @Test
    void jobsRunOnAllShardsAndTheLossOfOneIsSurvived() {
        enqueueEverywhere("before");
        await().atMost(SOON).untilAsserted(() -> assertSucceeded("before"));
        assertThat(proxy.asked()).hasSize(3);
        awaitSubscriptions();

        String id = "after-failover";
        RedisNode lost = cluster.primaryOf("ms:schema");
        cluster.failOver(lost);
        proxy.learn();
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            enqueueEverywhere(id);
            assertSucceeded(id);
        });
        awaitSubscriptions();

        assertThat(proxy.refused()).containsOnly("ROLE");
        instances.forEach(each -> {
            assertThat(each.isAlive()).isTrue();
            assertThat(each.status("/q/health/ready")).isEqualTo(200);
            assertThat(each.status("/q/health/live")).isEqualTo(200);
        });
    }

    private void enqueueEverywhere(String id) {
        IntStream.range(0, QUEUES).forEach(queue -> assertThat(instances
                        .get(queue % 2)
                        .post(jobs(queue), "{\"id\": \"" + id + "\", \"handler\": \"echo\", \"payload\": 1}"))
                .contains(id));
    }

    private void assertSucceeded(String id) {
        IntStream.range(0, QUEUES).forEach(queue -> assertThat(instances.get(0).get(jobs(queue) + "/" + id))
                .contains("succeeded"));
    }

    private void awaitSubscriptions() {
        await().atMost(SOON)
                .untilAsserted(() -> instances.forEach(each -> assertThat(each.get("/q/metrics"))
                        .containsPattern("mainstay_subscription_state\\{[^}]*state=\"live\"[^}]*} 1")));
    }

    private static String jobs(int queue) {
        return "/v1/queues/orders-" + queue + "/jobs";
    }
}
