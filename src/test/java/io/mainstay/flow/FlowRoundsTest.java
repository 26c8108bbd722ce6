package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TwinUnderTest;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be brought, because the shard where it is to go is dead, holds up nothing else. */
class FlowRoundsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final FlowStore.Limits LIMITS = new FlowStore.Limits(Duration.ofSeconds(10), HOUR, HOUR, 1000);
    private static final QueueName QUEUE = new QueueName("q");
    private static final QueueName DEAD = new QueueName("dead");
    private static final FlowId SOUND = new FlowId("sound");

    private final TwinUnderTest store = TwinUnderTest.open(100);
    private final FlowSteps sound = new FlowSteps(store.flows(), store.flowJobs(), LIMITS, placed -> {});

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void newsThatCannotBeBroughtHoldUpNoOthers() {
        for (int i = 0; i < 150; i++) {
            endOneOf(new FlowId("dead" + i));
        }
        endOneOf(SOUND);
        FlowSteps steps = new FlowSteps(deadFlows(), store.flowJobs(), LIMITS, placed -> {});
        FlowRounds rounds = new FlowRounds(deadFlows(), store.flowJobs(), steps, Duration.ZERO);

        rounds.due(List.of(new DueQueue(QUEUE, DueWork.FLOW_NEWS, Duration.ZERO, 0)));
        rounds.round().await().atMost(SOON);

        assertThat(find(SOUND).endedAt()).isPresent();
        assertThat(find(new FlowId("dead0")).endedAt()).isEmpty();
    }

    @Test
    void jobThatCannotBePlacedHoldsUpNoOthers() {
        FlowSteps steps = new FlowSteps(store.flows(), deadQueue(), LIMITS, placed -> {});
        FlowPlan plan = new FlowPlan(SOUND, List.of(node("a", DEAD), node("b", QUEUE)));
        List<FlowStep> wished = sound.create(plan).await().atMost(SOON).steps();
        assertThat(wished).hasSize(2);

        Throwable failure = steps.take(wished)
                .onItemOrFailure()
                .transform((done, failed) -> failed)
                .await()
                .atMost(SOON);

        assertThat(failure).isInstanceOf(StoreUnavailableException.class);
        assertThat(claim("t")).isEqualTo(1);
    }

    /** Its only job; its flow is owed the news. */
    private void endOneOf(FlowId flow) {
        sound.create(new FlowPlan(flow, List.of(node("n", QUEUE))))
                .flatMap(made -> sound.take(made.steps()))
                .await()
                .atMost(SOON);
        assertThat(claim(flow.value())).isEqualTo(1);
        JobId id = new FlowMember(flow, 0).job();
        store.leases()
                .settle(QUEUE, List.of(new Settlement.Complete(new Lease(id, flow.value()), Optional.empty())))
                .await()
                .atMost(SOON);
        store.letPass(Duration.ofMillis(1));
    }

    private int claim(String token) {
        return store.leases()
                .claim(SomeClaim.of(QUEUE, "me", token, 10, HOUR))
                .await()
                .atMost(SOON)
                .jobs()
                .size();
    }

    private FlowStatus find(FlowId flow) {
        return store.flows().find(flow).await().atMost(SOON).orElseThrow();
    }

    private FlowStore deadFlows() {
        return failing(FlowStore.class, store.flows(), "dead");
    }

    private FlowJobs deadQueue() {
        return failing(FlowJobs.class, store.flowJobs(), DEAD.value());
    }

    /** Calls about what has a name that begins so fail. */
    private static <T> T failing(Class<T> seam, T target, String name) {
        return seam.cast(Proxy.newProxyInstance(seam.getClassLoader(), new Class<?>[] {seam}, (proxy, method, args) -> {
            if (args != null && args.length > 0 && args[0].toString().startsWith(name)) {
                return Uni.createFrom().failure(new StoreUnavailableException("dead", new IllegalStateException("x")));
            }
            method.setAccessible(true);
            return method.invoke(target, args);
        }));
    }

    private static FlowNode node(String name, QueueName queue) {
        var job = JobDraft.job(queue, name).build();
        return new FlowNode(name, job.queue(), job.spec(), job.start(), List.of(), OnParentDead.CANCEL);
    }
}
