package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.flow.FlowNode;
import io.mainstay.flow.FlowPlan;
import io.mainstay.flow.FlowReport;
import io.mainstay.flow.FlowStatus;
import io.mainstay.flow.FlowStep;
import io.mainstay.flow.FlowStep.Wish;
import io.mainstay.flow.FlowStore;
import io.mainstay.flow.OnParentDead;
import io.mainstay.flow.Placed;
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
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.job.UniqueKey;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.schedule.Misfire;
import io.mainstay.schedule.NextRun;
import io.mainstay.schedule.Schedule;
import io.mainstay.schedule.SchedulePut;
import io.mainstay.schedule.ScheduleSpec;
import io.mainstay.schedule.Timing;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 3 on the wire: Redis did it, the answer was lost, the call is sent again, and it happened once. */
class LostAnswersTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final JobId ID = new JobId("job");
    private static final ScheduleName SCHEDULE = new ScheduleName("nightly");
    private static final Lease LEASE = new Lease(ID, "token");
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final FlowId FLOW = new FlowId("flow");
    private static final FlowStore.Limits FLOW_LIMITS =
            new FlowStore.Limits(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1), 100);

    private FaultyProxy proxy;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        proxy = new FaultyProxy(URI.create(RedisServerForTests.address()).getPort());
        redis = RedisUnderTest.withOneLink(proxy.address());
    }

    @AfterEach
    void close() {
        redis.close();
        proxy.close();
    }

    @Test
    void enqueueMakesOneJob() {
        proxy.loseAnswers(1);
        enqueue(2);

        assertThat(claim("token")).extracting(Job::id).containsExactly(ID);
        assertThat(claim("next")).isEmpty();
    }

    @Test
    void enqueueMadeTheJobAlsoWhenItsAnswerWasLost() {
        proxy.loseAnswers(1);
        NewJob chosen = JobDraft.job(QUEUE, "chosen").build();
        assertThat(await(redis.jobs().enqueue(chosen))).isInstanceOf(Enqueued.Created.class);
        proxy.loseAnswers(1);
        NewJob own = JobDraft.job(QUEUE, "own").build().withIdOfItsOwn();
        assertThat(await(redis.jobs().enqueue(own))).isInstanceOf(Enqueued.Created.class);

        assertThat(await(redis.jobs().enqueue(chosen))).isInstanceOf(Enqueued.Existing.class);
        proxy.loseAnswers(1);
        assertThat(await(redis.jobs().enqueue(chosen))).isInstanceOf(Enqueued.Existing.class);
    }

    @Test
    void claimHandsOutTheJobsItLeased() {
        enqueue(2);
        proxy.loseAnswers(1);
        List<Job> claimed = claim("token");

        assertThat(claimed).extracting(Job::id).containsExactly(ID);
        assertThat(claimed.get(0).status().attempt()).isEqualTo(1);
    }

    @Test
    void repeatForLessGivesTheRestBackOnce() {
        enqueue(2);
        await(redis.jobs().enqueue(JobDraft.job(QUEUE, "other").build()));
        assertThat(claim("token")).hasSize(2);
        proxy.loseAnswers(1);
        List<Job> first = await(redis.leases().claim(SomeClaim.of(QUEUE, "me", "token", 10, 1, Duration.ofMinutes(1))))
                .jobs();

        assertThat(first).extracting(Job::id).containsExactly(ID);
        List<Job> rest = claim("next");
        assertThat(rest).extracting(Job::id).containsExactly(new JobId("other"));
        assertThat(rest.get(0).status().attempt()).isEqualTo(1);
    }

    @Test
    void completeIsAcknowledged() {
        enqueue(2);
        claim("token");
        proxy.loseAnswers(1);

        assertThat(settle(new Settlement.Complete(LEASE, Optional.empty()))).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void failSpendsOneAttempt() {
        enqueue(2);
        claim("token");
        proxy.loseAnswers(1);

        Settlement failure = new Settlement.Fail(LEASE, "type", "message", Optional.of(Duration.ZERO));
        assertThat(settle(failure)).isEqualTo(JobState.SCHEDULED);
        assertThat(find().status().errors()).hasSize(1);
    }

    @Test
    void releaseGivesBackOneAttempt() {
        enqueue(2);
        claim("token");
        proxy.loseAnswers(1);

        assertThat(settle(new Settlement.Release(LEASE))).isEqualTo(JobState.READY);
        assertThat(find().status().attempt()).isZero();
    }

    @Test
    void snoozeIsCountedOnce() {
        enqueue(2);
        claim("token");
        proxy.loseAnswers(1);

        assertThat(settle(new Settlement.Snooze(LEASE, Duration.ofHours(1), 2))).isEqualTo(JobState.SCHEDULED);
        assertThat(find().status().notes().snoozes()).isEqualTo(1);
        assertThat(find().status().attempt()).isZero();
    }

    @Test
    void linesOfTheLogAreWrittenOnce() {
        enqueue(2);
        claim("token");
        proxy.loseAnswers(1);
        JobNote.Line line = new JobNote.Line(Duration.ZERO, "half way");
        JobNote note = new JobNote(LEASE, 1, Optional.of(new JobNote.Said(50, "")), 1, List.of(line));

        assertThat(await(redis.leases().note(QUEUE, List.of(note)))).isEqualTo(1);
        assertThat(await(redis.jobs().log(QUEUE, ID)).orElseThrow()).hasSize(1);
    }

    @Test
    void cancelIsAcknowledged() {
        enqueue(2);
        proxy.loseAnswers(1);

        assertThat(await(redis.jobs().cancel(QUEUE, ID))).isInstanceOf(Change.Applied.class);
    }

    @Test
    void manyAreCountedAsTheFirstCallChangedThem() {
        enqueue(2);
        proxy.loseAnswers(1);
        assertThat(bulkChange(BulkAction.CANCEL, JobState.READY).count()).isEqualTo(1);
        proxy.loseAnswers(1);
        assertThat(bulkChange(BulkAction.REQUEUE, JobState.CANCELLED).count()).isEqualTo(1);

        await(redis.jobs().cancel(QUEUE, ID));
        proxy.loseAnswers(1);
        assertThat(bulkChange(BulkAction.DELETE, JobState.CANCELLED).count()).isEqualTo(1);
        assertThat(await(redis.jobs().find(QUEUE, ID))).isEmpty();
    }

    @Test
    void scheduleIsMadeOnce() {
        proxy.loseAnswers(1);
        assertThat(putSchedule().created()).isTrue();

        assertThat(putSchedule().created()).isFalse();
    }

    @Test
    void dueScheduleIsGivenToWhoeverTookIt() {
        putSchedule();
        proxy.loseAnswers(1);

        assertThat(claimSchedules("token")).extracting(Schedule::name).containsExactly(SCHEDULE);
        assertThat(claimSchedules("next")).isEmpty();
    }

    @Test
    void scheduleMovesOnByOneRun() {
        putSchedule();
        Schedule seen = claimSchedules("token").get(0);
        Instant next = Instant.parse("2100-01-01T00:00:00Z");
        proxy.loseAnswers(1);

        await(redis.schedules().advance(seen, new NextRun(Optional.of(next), seen.createdAt()), Optional.empty()));
        assertThat(await(redis.schedules().find(SCHEDULE))
                        .schedule()
                        .orElseThrow()
                        .next())
                .contains(next);
    }

    @Test
    void flowIsMadeOnceAndItsStepsAreAnsweredAgain() {
        proxy.loseAnswers(1);

        assertThat(createFlow().steps()).extracting(FlowStep::wish).containsExactly(Wish.RUN, Wish.WAIT);
        assertThat(createFlow().created()).isFalse();
    }

    @Test
    void parentsEndLetsItsChildRun() {
        createFlow();
        proxy.loseAnswers(1);

        assertThat(tellFlow(JobState.SUCCEEDED)).extracting(FlowStep::wish).containsExactly(Wish.RUN);
        assertThat(await(redis.flows().find(FLOW)).orElseThrow().nodes().get(1).phase())
                .isEqualTo(FlowStatus.Phase.ACTIVE);
    }

    @Test
    void jobOfAFlowIsPlacedOnce() {
        List<FlowStep> steps = createFlow().steps();
        proxy.loseAnswers(1);

        Placed placed = await(redis.flowJobs().place(QUEUE, steps)).get(0);
        assertThat(placed.report().state()).isEqualTo(JobState.READY);
        assertThat(claim("token"))
                .extracting(Job::id)
                .containsExactly(placed.report().member().job());
    }

    @Test
    void newsOfAFlowIsOwedUntilItIsStruckOff() {
        List<FlowStep> steps = createFlow().steps();
        await(redis.flowJobs().place(QUEUE, steps));
        JobId id = steps.get(0).member().job();
        await(redis.jobs().cancel(QUEUE, id));
        proxy.loseAnswers(1);
        FlowReport news = await(redis.flowJobs().handover(QUEUE, id)).orElseThrow();
        proxy.loseAnswers(1);
        await(redis.flowJobs().handedOver(QUEUE, List.of(news)));

        assertThat(news.turn()).isEqualTo(1);
        assertThat(await(redis.flowJobs().handover(QUEUE, id))).isEmpty();
    }

    @Test
    void stepsWhoseAnswerWasLostAreDueAgain() {
        createFlow();
        proxy.loseAnswers(1);
        Set<JobId> due = new TreeSet<>();
        for (int part = 0; part < redis.flows().parts(); part++) {
            await(redis.flows().due(part, 10, Duration.ZERO, Duration.ofDays(1)))
                    .forEach(step -> due.add(step.member().job()));
        }

        assertThat(due).hasSize(2);
    }

    @Test
    void requeueHappensOnce() {
        enqueue(2);
        await(redis.jobs().cancel(QUEUE, ID));
        proxy.loseAnswers(1);

        assertThat(await(redis.jobs().requeue(QUEUE, ID, "request"))).isInstanceOf(Change.Applied.class);
        assertThat(claim("token")).hasSize(1);
    }

    @Test
    void jobThatRunsNowDoesSoOnce() {
        await(redis.jobs()
                .enqueue(JobDraft.job(QUEUE, ID.value())
                        .after(Duration.ofHours(1))
                        .build()));
        proxy.loseAnswers(1);

        assertThat(await(redis.jobs().reschedule(QUEUE, ID, Rescheduling.NOW, "request")))
                .isInstanceOf(Change.Applied.class);
        assertThat(claim("token")).hasSize(1);
    }

    @Test
    void jobIsReplacedOnce() {
        await(redis.jobs().enqueue(unique("first")));
        proxy.loseAnswers(1);
        Job second = await(redis.jobs().enqueue(unique("second"))).job();

        assertThat(second.id()).isEqualTo(new JobId("second"));
        assertThat(await(redis.jobs().find(QUEUE, new JobId("first")))
                        .orElseThrow()
                        .status()
                        .errors())
                .hasSize(1);
        assertThat(claim("token")).extracting(Job::id).containsExactly(new JobId("second"));
    }

    @Test
    void requeuedJobTakesItsKeyOnce() {
        await(redis.jobs().enqueue(unique("first")));
        await(redis.jobs().cancel(QUEUE, new JobId("first")));
        proxy.loseAnswers(1);

        assertThat(await(redis.jobs().requeue(QUEUE, new JobId("first"), "request")))
                .isInstanceOf(Change.Applied.class);
        assertThat(claim("token")).hasSize(1);
    }

    @Test
    void limitIsSet() {
        enqueue(2);
        proxy.loseAnswers(1);
        await(redis.jobs().setLimits(QUEUE, QueueLimits.NONE.withMaxWaiting(7)));

        assertThat(await(redis.jobs().figures(List.of(QUEUE))).get(0).maxWaiting())
                .isEqualTo(7);
    }

    @Test
    void enqueueIntoTheLastPlaceIsTaken() {
        await(redis.jobs().setLimits(QUEUE, QueueLimits.NONE.withMaxWaiting(1)));
        proxy.loseAnswers(1);

        assertThat(enqueue(2)).isInstanceOfAny(Enqueued.Created.class, Enqueued.Existing.class);
    }

    private static NewJob unique(String id) {
        return JobDraft.job(QUEUE, id)
                .unique("k", UniqueKey.Until.END, UniqueKey.OnConflict.REPLACE)
                .build();
    }

    @TimedTest
    void blackHoledConnectionsAreReplacedWithinTwoSeconds() {
        enqueue(2);
        proxy.blackHoleConnections();

        Optional<Job> found = redis.jobs().find(QUEUE, ID).await().atMost(Duration.ofSeconds(2));
        assertThat(found).isPresent();
    }

    @Test
    void redisOutOfReachIsSaidWithinTheCallTimeoutAndRepeatingLaterMakesOneJob() {
        proxy.refuse(true);
        assertThatThrownBy(() -> enqueue(2)).isInstanceOf(StoreUnavailableException.class);

        proxy.refuse(false);
        assertThat(enqueue(2)).isInstanceOfAny(Enqueued.Created.class, Enqueued.Existing.class);
        assertThat(claim("token")).hasSize(1);
        assertThat(claim("next")).isEmpty();
    }

    /** A job, and one after it; what is to be done about them is due at once. */
    private FlowStore.Made createFlow() {
        NewJob job = JobDraft.job(QUEUE, "any").build();
        FlowNode parent = new FlowNode("parent", QUEUE, job.spec(), job.start(), List.of(), OnParentDead.CANCEL);
        FlowNode child = new FlowNode("child", QUEUE, job.spec(), job.start(), List.of(0), OnParentDead.CANCEL);
        return await(redis.flows().create(new FlowPlan(FLOW, List.of(parent, child)), FLOW_LIMITS));
    }

    private List<FlowStep> tellFlow(JobState parent) {
        FlowReport news = new FlowReport(new FlowMember(FLOW, 0), parent, 1, Optional.empty());
        return await(redis.flows().report(FLOW, List.of(news), FLOW_LIMITS)).orElseThrow();
    }

    private Enqueued enqueue(int attempts) {
        RetryPolicy retry = new RetryPolicy(attempts, new Backoff.Fixed(Duration.ZERO));
        JobSpec spec = new JobSpec(new HandlerName("noop"), Json.NULL, 4, retry, Duration.ofMinutes(1));
        return await(redis.jobs().enqueue(new NewJob(QUEUE, ID, spec, StartTime.NOW)));
    }

    private List<Job> claim(String token) {
        return await(redis.leases().claim(SomeClaim.of(QUEUE, "me", token, 10, Duration.ofMinutes(1))))
                .jobs();
    }

    private BulkChanges bulkChange(BulkAction action, JobState state) {
        PageRequest page = new PageRequest(state, Optional.empty(), 10);
        String token = UUID.randomUUID().toString();
        return await(redis.bulkActions().change(QUEUE, new BulkActionRequest(action, JobFilter.ALL, page, token)));
    }

    /** What the job became; that of a script that Redis did not know, the repeat may be the first to do. */
    private JobState settle(Settlement settlement) {
        Settled settled =
                await(redis.leases().settle(QUEUE, List.of(settlement))).get(0);
        return ((Settled.Applied) settled).state();
    }

    private Job find() {
        return await(redis.jobs().find(QUEUE, ID)).orElseThrow();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }

    private SchedulePut.Stored putSchedule() {
        Timing timing = new Timing("@daily", ZoneId.of("UTC"), Timing.Gap.SHIFT, Timing.Overlap.FIRST);
        ScheduleSpec spec = new ScheduleSpec(
                timing,
                Misfire.DEFAULT,
                QUEUE,
                JobDraft.job(QUEUE, "any").build().spec(),
                Durability.MEMORY);
        return (SchedulePut.Stored) await(redis.schedules()
                .put(
                        SCHEDULE,
                        spec,
                        new NextRun(Optional.of(Instant.EPOCH), Instant.EPOCH),
                        UUID.randomUUID().toString(),
                        10));
    }

    private List<Schedule> claimSchedules(String token) {
        return await(redis.schedules().claim("me", token, 10, Duration.ofHours(1)))
                .schedules();
    }
}
