package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStatus;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.OnParentDead;
import io.mainstay.job.Backoff;
import io.mainstay.job.Durability;
import io.mainstay.job.FlowId;
import io.mainstay.job.FlowMember;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.ScheduleName;
import io.mainstay.job.StartTime;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.schedule.Misfire;
import io.mainstay.schedule.NextRun;
import io.mainstay.schedule.Schedule;
import io.mainstay.schedule.SchedulePage;
import io.mainstay.schedule.ScheduleSpec;
import io.mainstay.schedule.Timing;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls about many large things, and their answers, have a bound in bytes; and yet nothing is left out. */
class AnswerSizeTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final int MANY = 12;
    private static final Json LARGE = new Json('"' + "x".repeat(256_000) + '"');
    private static final Json SMALL = new Json("1");
    /** One item may go beyond. */
    private static final long MOST = (1 << 20) + 300_000;

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final FlowId FLOW = new FlowId("f");
    private static final FlowStore.Limits LIMITS = new FlowStore.Limits(Duration.ZERO, LEASE, LEASE, 300_000);

    private FaultyProxy proxy;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        proxy = new FaultyProxy(URI.create(RedisServerForTests.address()).getPort());
        redis = new RedisUnderTest(proxy.address(), RedisUnderTest.patient(Map.of("mainstay.redis.connections", "1")));
    }

    @AfterEach
    void close() {
        redis.close();
        proxy.close();
    }

    @Test
    void largeJobsThatAreEnqueuedTogetherGoInSeveralCalls() {
        assertThat(enqueueAll(LARGE)).allMatch(Enqueued.Created.class::isInstance);

        assertThat(proxy.largestRequest()).isBetween(2L * LARGE.bytes(), MOST);
    }

    @Test
    void jobsThatAreThereWithLargeResultsAreAnsweredAFewAtATime() {
        enqueueAll(SMALL);
        completeAll();

        assertThat(enqueueAll(SMALL))
                .allMatch(Enqueued.Existing.class::isInstance)
                .extracting(there -> there.job().status().result())
                .containsOnly(LARGE);
        assertThat(proxy.largestAnswer()).isBetween(2L * LARGE.bytes(), MOST);
        assertThat(proxy.largestRequest()).isLessThan(MOST);
    }

    @Test
    void schedulesOfLargeJobsAreListedAndClaimedAFewAtATime() {
        for (int i = 0; i < MANY; i++) {
            ScheduleSpec spec = new ScheduleSpec(
                    new Timing("@daily", ZoneId.of("UTC"), Timing.Gap.SKIP, Timing.Overlap.BOTH),
                    Misfire.DEFAULT,
                    QUEUE,
                    spec(LARGE),
                    Durability.MEMORY);
            await(redis.schedules()
                    .put(
                            new ScheduleName("s-" + (10 + i)),
                            spec,
                            new NextRun(Optional.of(Instant.EPOCH), Instant.EPOCH),
                            "r" + i,
                            MANY));
        }
        List<String> listed = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            SchedulePage page = await(redis.schedules().list(next, 100));
            page.schedules().forEach(schedule -> listed.add(schedule.name().value()));
            next = page.next();
        } while (next.isPresent());
        List<String> claimed = new ArrayList<>();
        List<Schedule> some;
        do {
            some = await(redis.schedules().claim("me", "token-" + claimed.size(), 100, LEASE))
                    .schedules();
            some.forEach(schedule -> claimed.add(schedule.name().value()));
        } while (!some.isEmpty());

        assertThat(listed).hasSize(MANY).isSorted();
        assertThat(claimed).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(proxy.largestAnswer()).isBetween(2L * LARGE.bytes(), MOST);
    }

    @Test
    void repeatedClaimOfSchedulesGetsTheSameFew() {
        schedulesOfLargeJobsAreListedAndClaimedAFewAtATime();
        List<Schedule> latest = await(redis.schedules().claim("me", "token-" + (MANY - 2), 100, LEASE))
                .schedules();

        assertThat(latest.size()).isLessThan(MANY);
    }

    @Test
    void stepsOfLargeJobsAreTakenAndPlacedAFewAtATime() {
        await(redis.flows().create(new FlowPlan(FLOW, nodes(LARGE)), LIMITS));
        List<FlowStep> steps = new ArrayList<>();
        List<FlowStep> some;
        do {
            some = await(redis.flows().due(FlowKeys.of(FLOW).bucket(), 100, LEASE, Duration.ofDays(1)));
            steps.addAll(some);
        } while (!some.isEmpty());
        // The flow itself is made in one call.
        proxy.forgetSizes();

        assertThat(steps).hasSize(MANY);
        assertThat(await(redis.flowJobs().place(QUEUE, steps))).hasSize(MANY);
        assertThat(proxy.largestRequest()).isLessThan(MOST);
        assertThat(proxy.largestAnswer()).isLessThan(MOST);
    }

    @Test
    void stepsThatAreDueAreAnsweredAFewAtATime() {
        await(redis.flows().create(new FlowPlan(FLOW, nodes(LARGE)), LIMITS));

        assertThat(await(redis.flows().due(FlowKeys.of(FLOW).bucket(), 100, LEASE, Duration.ofDays(1))))
                .hasSizeBetween(2, MANY - 1);
        assertThat(proxy.largestAnswer()).isLessThan(MOST);
    }

    @Test
    void newsAndResultsOfParentsGoAFewAtATime() {
        List<FlowNode> nodes = new ArrayList<>(nodes(SMALL));
        nodes.add(node("child", SMALL, IntStream.range(0, MANY).boxed().toList()));
        FlowStore.Made made = await(redis.flows().create(new FlowPlan(FLOW, nodes), LIMITS));
        await(redis.flowJobs().place(QUEUE, made.steps()));
        completeAll();
        int told = 0;
        List<FlowReport> news = await(redis.flowJobs().handovers(QUEUE, Duration.ZERO, 100));
        assertThat(news.size()).isLessThan(MANY);
        for (; !news.isEmpty(); news = await(redis.flowJobs().handovers(QUEUE, Duration.ZERO, 100))) {
            await(redis.flows().report(FLOW, news, LIMITS));
            await(redis.flowJobs().handedOver(QUEUE, news));
            told += news.size();
        }

        assertThat(told).isEqualTo(MANY);
        List<FlowStatus.Node> parents =
                await(redis.flows().parents(new FlowMember(FLOW, MANY))).orElseThrow();
        assertThat(parents).hasSize(MANY).allMatch(parent -> parent.result().equals(Optional.of(LARGE)));
        assertThat(parents).extracting(parent -> parent.member().index()).isSorted();
        assertThat(proxy.largestAnswer()).isBetween(2L * LARGE.bytes(), MOST);
        assertThat(proxy.largestRequest()).isLessThan(MOST);
    }

    @Test
    void manyLargeNewsForOneFlowAreBroughtInSeveralCalls() {
        await(redis.flows().create(new FlowPlan(FLOW, nodes(SMALL)), LIMITS));
        List<FlowReport> news = IntStream.range(0, MANY)
                .mapToObj(i -> new FlowReport(new FlowMember(FLOW, i), JobState.SUCCEEDED, 1, Optional.of(LARGE)))
                .toList();
        await(redis.flows().report(FLOW, news, LIMITS));

        assertThat(await(redis.flows().find(FLOW)).orElseThrow().endedAt()).isPresent();
        assertThat(proxy.largestRequest()).isBetween(2L * LARGE.bytes(), MOST);
    }

    @Test
    void queuesAreReadAFewAtATimeHoweverTheyAreSpread() {
        List<String> names = IntStream.range(0, 2_000)
                .mapToObj(i -> "queue-" + i + "-" + "n".repeat(40))
                .toList();
        Request add = Request.cmd(Command.ZADD).arg(Buckets.names(0));
        names.forEach(name -> add.arg(0).arg(name));
        redis.send(add);
        proxy.forgetSizes();

        List<String> read = redis.allQueues().stream().map(QueueName::value).toList();
        assertThat(read).isEqualTo(names.stream().sorted().toList());
        assertThat(proxy.largestAnswer()).isLessThan(1 << 16);
    }

    private List<Enqueued> enqueueAll(Json payload) {
        List<CompletableFuture<Enqueued>> all = IntStream.range(0, MANY)
                .mapToObj(i -> new NewJob(QUEUE, new JobId("job-" + i), spec(payload), StartTime.NOW))
                .map(job -> redis.jobs().enqueue(job).subscribeAsCompletionStage())
                .toList();
        return all.stream()
                .map(each -> await(Uni.createFrom().completionStage(each)))
                .toList();
    }

    /** All in one go, each with a large result. */
    private void completeAll() {
        List<Job> jobs = await(redis.leases().claim(SomeClaim.of(QUEUE, "me", "token", MANY, LEASE)))
                .jobs();
        assertThat(jobs).hasSize(MANY);
        List<Settlement> reports = jobs.stream()
                .<Settlement>map(job -> new Settlement.Complete(new Lease(job.id(), "token"), Optional.of(LARGE)))
                .toList();
        assertThat(await(redis.leases().settle(QUEUE, reports))).hasSize(MANY);
    }

    private static List<FlowNode> nodes(Json payload) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> node("n" + i, payload, List.of()))
                .toList();
    }

    private static FlowNode node(String name, Json payload, List<Integer> after) {
        return new FlowNode(name, QUEUE, spec(payload), StartTime.NOW, after, OnParentDead.CANCEL);
    }

    private static JobSpec spec(Json payload) {
        RetryPolicy retry = new RetryPolicy(1, new Backoff.Fixed(Duration.ZERO));
        return new JobSpec(new HandlerName("noop"), payload, 4, retry, Duration.ofMinutes(1));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
