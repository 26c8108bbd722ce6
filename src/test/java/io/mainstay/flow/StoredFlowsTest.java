package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.FlowId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.TestQueue;
import io.mainstay.queue.TwinUnderTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredFlowsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final FlowPlan PLAN = new FlowPlan(new FlowId("f"), List.of(node("first"), node("second", 0)));

    private final TwinUnderTest store = TwinUnderTest.open(100);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whateverFailsOnceAFlowIsMadeDoesNotHideThatItWas() {
        Flows.Created created = flows(1).create(PLAN).await().atMost(SOON);

        assertThat(created.created()).isTrue();
        assertThat(created.flow().id()).isEqualTo(PLAN.id());
        assertThat(created.flow().nodes())
                .extracting(FlowStatus.Node::phase)
                .containsExactly(FlowStatus.Phase.ACTIVE, FlowStatus.Phase.BLOCKED);
        assertThat(flows(100).get(PLAN.id()).await().atMost(SOON).nodes()).hasSize(2);
    }

    @Test
    void aFlowThatWasThereAlreadyAndCannotBeReadIsAFailure() {
        flows(100).create(PLAN).await().atMost(SOON);

        assertThatThrownBy(() -> flows(1).create(PLAN).await().atMost(SOON)).isInstanceOf(Mortal.Dead.class);
    }

    /** An instance that can make so many calls; all later ones fail. */
    private Flows flows(int calls) {
        Mortal mortal = new Mortal(store, calls + 1, false);
        FlowsConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FlowsConfig.class)
                .build()
                .getConfigMapping(FlowsConfig.class);
        var limits = new FlowStore.Limits(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(1), 1000);
        FlowSteps steps = new FlowSteps(mortal.flows(), mortal.jobs(), limits, placed -> {});
        return new StoredFlows(mortal.flows(), steps, TestQueue.of(store.store()), config, Clock.systemUTC());
    }

    private static FlowNode node(String name, Integer... after) {
        var job = JobDraft.job(new QueueName("q"), name).build();
        return new FlowNode(name, job.queue(), job.spec(), job.start(), List.of(after), OnParentDead.CANCEL);
    }
}
