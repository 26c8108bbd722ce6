package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueInBucket;
import io.mainstay.due.DueQueue;
import io.mainstay.job.FlowId;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.StoreUnderTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A flow comes to its end whichever call of an instance is its last, and whether that call was done or not; each job is run
 * once. The dead instance's workers are played by the test: here it is hand-overs that die.
 */
public abstract class HandOverContract {

    private static final Duration ANSWER_DEADLINE = Duration.ofSeconds(40);
    private static final Duration PATIENCE = Duration.ofMillis(3);
    private static final FlowStore.Limits LIMITS =
            new FlowStore.Limits(PATIENCE, Duration.ofHours(1), Duration.ofHours(1), 1000);
    private static final List<QueueName> QUEUES =
            Stream.of("left", "right", "end").map(QueueName::new).toList();
    private static final FlowId FLOW = new FlowId("diamond");

    private final List<String> runs = new ArrayList<>();
    private StoreUnderTest store;
    private int tokens;

    /** An empty store. */
    protected abstract StoreUnderTest open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** From a through b and c to d, over three queues; e hangs on something that dies. */
    private static FlowPlan diamond() {
        return new FlowPlan(
                FLOW,
                List.of(
                        node("a", "left", OnParentDead.CANCEL),
                        node("b", "left", OnParentDead.CANCEL, 0),
                        node("c", "right", OnParentDead.CANCEL, 0),
                        node("dies", "right", OnParentDead.CANCEL, 0),
                        node("d", "end", OnParentDead.CANCEL, 1, 2),
                        node("e", "left", OnParentDead.CANCEL, 3),
                        node("last", "end", OnParentDead.RUN, 4, 5)));
    }

    @Test
    void flowRunsToItsEndInOrder() {
        FlowSteps steps = steps(new Mortal(store, Integer.MAX_VALUE, false));
        create(steps);
        assertThat(states()).isEqualTo("[blocked=6, ready=1]");

        runAll(steps);
        assertEnded();
        assertThat(runs.get(0)).isEqualTo("a");
        assertThat(runs.subList(1, 4)).containsExactlyInAnyOrder("b", "c", "dies");
        assertThat(runs.subList(4, 6)).containsExactly("d", "last");
    }

    @Test
    void whicheverCallIsTheLastTheFlowGoesOn() {
        int calls = callsOfAWholeRun();
        assertThat(calls).isGreaterThan(30);
        for (int last = 1; last <= calls; last++) {
            for (boolean done : new boolean[] {false, true}) {
                closeStore();
                openStore();
                runs.clear();
                FlowSteps mortal = steps(new Mortal(store, last, done));
                create(mortal);
                runAll(mortal);
                // It is dead now, perhaps before the flow was there: then its caller sends the request again.
                FlowSteps heir = steps(new Mortal(store, Integer.MAX_VALUE, false));
                create(heir);
                for (int i = 0; i < 20 && !ended(); i++) {
                    store.letPass(PATIENCE.plusMillis(1));
                    round(heir);
                    runAll(heir);
                }
                assertThat(ended())
                        .as("ended, with call %d of %d the last, done: %s; states %s", last, calls, done, states())
                        .isTrue();
                assertEnded();
            }
        }
    }

    @Test
    void jobThatTheStoreLostIsMadeAnew() {
        FlowStore.Limits impatient = new FlowStore.Limits(PATIENCE, PATIENCE, LIMITS.kept(), LIMITS.maxResult());
        FlowSteps steps = new FlowSteps(store.flows(), store.flowJobs(), impatient, placed -> {});
        create(steps);
        forget(store, new QueueName("left"), new JobId("flow-diamond-0"));
        forget(store, new QueueName("right"), new JobId("flow-diamond-2"));
        assertThat(states()).isEqualTo("[blocked=5]");

        store.letPass(PATIENCE.plusMillis(1));
        round(steps);
        runAll(steps);
        assertEnded();
    }

    @Test
    void endThatTheFlowForgotIsFoundOut() {
        FlowStore.Limits impatient = new FlowStore.Limits(PATIENCE, PATIENCE, LIMITS.kept(), LIMITS.maxResult());
        FlowSteps steps = new FlowSteps(store.flows(), store.flowJobs(), impatient, placed -> {});
        create(steps);
        QueueName left = new QueueName("left");
        Job job = answer(store.leases().claim(SomeClaim.of(left, "worker", "t", 1, Duration.ofHours(1))))
                .jobs()
                .get(0);
        run(left, job, "t");
        // As if it had been told: the flow's record may lose it.
        var news = answer(store.flowJobs().handover(left, job.id())).orElseThrow();
        answer(store.flowJobs().handedOver(left, List.of(news)));

        store.letPass(PATIENCE.plusMillis(1));
        round(steps);
        runAll(steps);
        assertEnded();
    }

    /** Has a store lose a job, as a failover may. */
    protected abstract void forget(StoreUnderTest store, QueueName queue, JobId id);

    private void round(FlowSteps steps) {
        FlowRounds rounds = new FlowRounds(store.flows(), store.flowJobs(), steps, Duration.ZERO);
        for (int number = 0; number < store.due().buckets(); number++) {
            int bucket = number;
            DueInBucket found = answer(store.due().due(bucket, Duration.ofMinutes(1)));
            rounds.due(found.queues().stream().map(DueQueue::atOnce).toList());
            found.flows().ifPresent(in -> rounds.flowsDue(bucket, Duration.ZERO));
        }
        answer(rounds.round());
    }

    private int callsOfAWholeRun() {
        Mortal counted = new Mortal(store, Integer.MAX_VALUE, false);
        FlowSteps steps = steps(counted);
        create(steps);
        runAll(steps);
        return counted.calls();
    }

    private static FlowSteps steps(Mortal instance) {
        return new FlowSteps(instance.flows(), instance.jobs(), LIMITS, placed -> {});
    }

    private void create(FlowSteps steps) {
        try {
            answer(steps.create(diamond()).flatMap(made -> steps.take(made.steps())));
        } catch (Mortal.Dead e) {
            // Its caller reads 503, or nothing at all.
        }
    }

    /** Claims and runs what there is to run, and hands over as the instance that ran it would. */
    private void runAll(FlowSteps steps) {
        boolean found = true;
        while (found) {
            found = false;
            for (QueueName queue : QUEUES) {
                String token = "t" + ++tokens;
                var claimed =
                        answer(store.leases().claim(SomeClaim.of(queue, "worker", token, 10, Duration.ofHours(1))));
                for (Job job : claimed.jobs()) {
                    found = true;
                    run(queue, job, token);
                    handOver(steps, queue, job.id());
                }
            }
        }
    }

    private void run(QueueName queue, Job job, String token) {
        String name = nameOf(job.id());
        runs.add(name);
        Lease lease = new Lease(job.id(), token);
        answer(store.leases()
                .settle(
                        queue,
                        List.of(
                                name.equals("dies")
                                        ? new Settlement.Fail(lease, "boom", "it broke", Optional.empty())
                                        : new Settlement.Complete(lease, Optional.of(new Json("1"))))));
    }

    private void handOver(FlowSteps steps, QueueName queue, JobId id) {
        try {
            answer(steps.handOver(queue, id));
        } catch (Mortal.Dead e) {
            // What it would have done is left to others.
        }
    }

    private void assertEnded() {
        assertThat(runs).as("runs").containsExactlyInAnyOrder("a", "b", "c", "d", "dies", "last");
        assertThat(states()).isEqualTo("[cancelled=1, dead=1, succeeded=5]");
        FlowStatus flow = answer(store.flows().find(FLOW)).orElseThrow();
        assertThat(flow.nodes().stream()
                        .map(node -> node.name() + " " + node.phase().wireName()))
                .containsExactly(
                        "a succeeded",
                        "b succeeded",
                        "c succeeded",
                        "dies dead",
                        "d succeeded",
                        "e cancelled",
                        "last succeeded");
    }

    private boolean ended() {
        return answer(store.flows().find(FLOW))
                .map(flow -> flow.endedAt().isPresent())
                .orElse(false);
    }

    private String states() {
        Map<String, Integer> found = new TreeMap<>();
        for (QueueName queue : QUEUES) {
            for (JobState state : JobState.values()) {
                int count = answer(store.jobs().list(queue, new PageRequest(state, Optional.empty(), 50), JobPart.NONE))
                        .jobs()
                        .size();
                if (count > 0) {
                    found.merge(state.wireName(), count, Integer::sum);
                }
            }
        }
        return found.entrySet().stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String nameOf(JobId id) {
        int index = Integer.parseInt(id.value().substring(id.value().lastIndexOf('-') + 1));
        return diamond().nodes().get(index).name();
    }

    private static FlowNode node(String name, String queue, OnParentDead policy, Integer... after) {
        var job = JobDraft.job(new QueueName(queue), name).build();
        return new FlowNode(name, job.queue(), job.spec(), job.start(), List.of(after), policy);
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(ANSWER_DEADLINE);
    }
}
