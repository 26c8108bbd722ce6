package io.mainstay.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TestQueue;
import io.mainstay.queue.TwinUnderTest;
import io.mainstay.queue.attempt.StartedAttempt;
import io.mainstay.security.QueuePatterns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every notice becomes one job for each hook that wants it, whatever becomes of the instance that brings it there. */
class OutboxRoundsTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final QueueName MAIL = new QueueName("mail");
    private static final LastCall NEVER = new LastCall(Integer.MAX_VALUE, false);
    private static final String URL = "https://ops.example/told?by=mainstay";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TwinUnderTest store = TwinUnderTest.open(100);
    private HookStore hooks = new InMemoryHookStore();
    private int maxWaiting = 1000;
    private int tokens;

    /** An instance, as far as it has to do with hooks. */
    private final class Instance {

        final KnownHooks known;
        final OutboxRounds rounds;

        Instance(LastCall life) {
            NoticeStore notices = life.of(NoticeStore.class, store.notices());
            known = new KnownHooks(life.of(HookStore.class, hooks), notices);
            HookMeters meters = new HookMeters(registry);
            NoticeJobs jobs = new NoticeJobs(Optional.empty(), 30, Duration.ofSeconds(15));
            NoticeSender sender =
                    new NoticeSender(TestQueue.of(life.of(JobStore.class, store.jobs())), jobs, meters, maxWaiting);
            rounds = new OutboxRounds(notices, known, sender, meters);
        }

        void round() {
            rounds.noticesDue(0, Duration.ZERO);
            answer(rounds.idle());
        }
    }

    @Test
    void noticeSaysWhatDiedAndNothingThatItWasGiven() {
        put("ops", HookEvent.DEAD, "*");
        die(MAIL, "a");
        new Instance(NEVER).round();

        Job job = sent().get(0);
        assertThat(job.spec().handler().value()).isEqualTo("http");
        Instant died = answer(store.jobs().find(MAIL, new JobId("a")))
                .orElseThrow()
                .status()
                .times()
                .finishedAt();
        assertThat(job.spec().payload().text())
                .isEqualTo("{\"url\":\"" + URL + "\",\"body\":{\"event\":\"dead\",\"time\":\""
                        + died.toString().replaceFirst("(:\\d\\d)Z", "$1.000Z")
                        + "\",\"hook\":\"ops\",\"queue\":\"mail\",\"job\":\"a\",\"handler\":\""
                        + JobDraft.job(MAIL, "a").build().spec().handler()
                        + "\",\"attempts\":1,\"errorType\":\"boom\"}}");
        assertThat(NoticeJobs.hookOf(job.id())).contains(new HookName("ops"));
        assertThat(NoticeJobs.goesTo(URL, job.spec().payload())).isTrue();
        assertThat(NoticeJobs.goesTo("https://ops.example/told", job.spec().payload()))
                .isFalse();
    }

    @Test
    void hooksAreToldOfWhatTheyWant() {
        put("all", HookEvent.DEAD, "*");
        put("mails", HookEvent.DEAD, "ma*");
        put("others", HookEvent.DEAD, "other");
        put("flows", HookEvent.FLOW_ENDED, "*");
        put("gone", HookEvent.DEAD, "*");
        answer(hooks.disable(new HookName("gone"), "gone", "x"));
        die(MAIL, "a");
        new Instance(NEVER).round();

        assertThat(sent().stream()
                        .map(job -> NoticeJobs.hookOf(job.id()).orElseThrow().value()))
                .containsExactlyInAnyOrder("all", "mails");
        assertThat(outbox()).isEmpty();
    }

    @Test
    void deathsWithoutAHookCostNothingAndThoseNobodyWantsAnyMoreAreStruckOff() {
        die(MAIL, "before");
        assertThat(outbox()).isEmpty();
        put("ops", HookEvent.DEAD, "*");
        die(MAIL, "a");
        answer(hooks.remove(new HookName("ops")));
        new Instance(NEVER).round();

        assertThat(outbox()).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @Test
    void whereverAnInstanceEndsEachNoticeIsSentByOneJob() {
        int calls = callsOfAWholeRound();
        assertThat(calls).isGreaterThan(6);
        for (int last = 1; last <= calls; last++) {
            for (boolean done : new boolean[] {false, true}) {
                begin();
                new Instance(new LastCall(last, done)).round();
                new Instance(NEVER).round();

                assertThat(sent())
                        .as("with call %d of %d the last, done: %s", last, calls, done)
                        .hasSize(3);
                assertThat(outbox()).isEmpty();
            }
        }
    }

    @Test
    void jobThatDiesHereIsToldOfAtOnce() {
        begin();
        Instance instance = new Instance(NEVER);
        Job dead = answer(store.jobs().find(MAIL, new JobId("a"))).orElseThrow();
        instance.rounds.finished(StartedAttempt.of(dead), JobState.DEAD, Duration.ZERO);
        answer(instance.rounds.idle());
        assertThat(sent()).isEmpty();

        answer(instance.known.refresh());
        instance.rounds.finished(StartedAttempt.of(dead), JobState.SCHEDULED, Duration.ZERO);
        answer(instance.rounds.idle());
        assertThat(sent()).isEmpty();
        instance.rounds.finished(StartedAttempt.of(dead), JobState.DEAD, Duration.ZERO);
        answer(instance.rounds.idle());
        assertThat(sent()).hasSize(3);
    }

    @Test
    void twoInstancesAtTheSameTimeMakeOneJob() {
        begin();
        Instance one = new Instance(NEVER);
        Instance other = new Instance(NEVER);
        one.rounds.noticesDue(0, Duration.ZERO);
        other.rounds.noticesDue(0, Duration.ZERO);
        answer(one.rounds.idle());
        answer(other.rounds.idle());

        assertThat(sent()).hasSize(3);
        assertThat(outbox()).isEmpty();
    }

    @Test
    void noticesWaitInTheOutboxWhileTooManyWaitToBeSent() {
        begin();
        maxWaiting = 2;
        Instance instance = new Instance(NEVER);
        instance.round();
        die(MAIL, "d");
        instance.round();
        assertThat(sent()).hasSize(3);
        assertThat(outbox()).hasSize(1);

        sendAll(true);
        instance.round();
        assertThat(sent()).hasSize(1);
        assertThat(outbox()).isEmpty();
    }

    /** The receiver does not answer, jobs go on to die, and instances come and go. */
    @Test
    void receiverThatIsDownForAMinuteIsToldOfAll() {
        put("ops", HookEvent.DEAD, "*");
        Set<JobId> told = new HashSet<>();
        List<JobId> deliveries = new ArrayList<>();
        for (int second = 0; second < 60; second++) {
            die(MAIL, "job-" + second);
            new Instance(new LastCall(1 + second % 9, second % 2 == 0)).round();
            assertThat(sendAll(false)).isEmpty();
            store.letPass(Duration.ofSeconds(1));
        }
        for (int second = 0; second < 600; second++) {
            new Instance(NEVER).round();
            deliveries.addAll(sendAll(true));
            store.letPass(Duration.ofSeconds(1));
        }
        told.addAll(deliveries);

        assertThat(told).hasSize(60);
        assertThat(deliveries).hasSize(60);
        assertThat(sent()).isEmpty();
    }

    /** Three deaths that a hook wants to be told of. */
    private void begin() {
        store = TwinUnderTest.open(100);
        hooks = new InMemoryHookStore();
        put("ops", HookEvent.DEAD, "*");
        die(MAIL, "a");
        die(MAIL, "b");
        die(new QueueName("other"), "c");
    }

    private int callsOfAWholeRound() {
        begin();
        LastCall life = new LastCall(Integer.MAX_VALUE, false);
        new Instance(life).round();
        return life.calls();
    }

    private void put(String name, HookEvent event, String queues) {
        Hook hook = new Hook(EnumSet.of(event), new QueuePatterns(List.of(queues)), URL);
        answer(hooks.put(new HookName(name), HookText.of(hook), name));
        KnownHooks known = new Instance(NEVER).known;
        answer(known.refresh().chain(known::markAll));
    }

    private void die(QueueName queue, String id) {
        answer(store.jobs().enqueue(JobDraft.job(queue, id).build()));
        String token = "t" + ++tokens;
        answer(store.leases().claim(SomeClaim.of(queue, "worker", token, 1, HOUR)));
        Lease lease = new Lease(new JobId(id), token);
        answer(store.leases().settle(queue, List.of(new Settlement.Fail(lease, "boom", "secret", Optional.empty()))));
    }

    /** Runs the jobs that are due; which the receiver took. */
    private List<JobId> sendAll(boolean takes) {
        String token = "t" + ++tokens;
        List<JobId> taken = new ArrayList<>();
        for (Job job : answer(store.leases().claim(SomeClaim.of(QueueName.HOOKS, "worker", token, 100, HOUR)))
                .jobs()) {
            Lease lease = new Lease(job.id(), token);
            Backoff backoff = job.spec().retry().backoff();
            Settlement report = takes
                    ? new Settlement.Complete(lease, Optional.empty())
                    : new Settlement.Fail(
                            lease,
                            "http-connection",
                            "refused",
                            Optional.of(backoff.after(job.status().attempt(), new Random(1))));
            answer(store.leases().settle(QueueName.HOOKS, List.of(report)));
            if (takes) {
                taken.add(job.id());
            }
        }
        return taken;
    }

    /** Jobs that wait to send a notice. */
    private List<Job> sent() {
        List<Job> all = new ArrayList<>();
        for (JobState state : List.of(JobState.READY, JobState.SCHEDULED)) {
            var page = new PageRequest(state, Optional.empty(), PageRequest.MOST);
            all.addAll(answer(store.jobs().list(QueueName.HOOKS, page, EnumSet.allOf(JobPart.class)))
                    .jobs());
        }
        return all;
    }

    private List<String> outbox() {
        return answer(store.notices().outbox(0, 1000, Duration.ZERO)).notices();
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(SOON);
    }
}
