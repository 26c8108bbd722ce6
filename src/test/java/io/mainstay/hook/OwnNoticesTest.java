package io.mainstay.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.TestQueue;
import io.mainstay.queue.TwinUnderTest;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.security.QueuePatterns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnNoticesTest {

    private static final HandlerName HANDLER = new HandlerName("resize");
    private static final Duration STALL = Duration.ofSeconds(20);

    private final TwinUnderTest store = TwinUnderTest.open(100);
    private final UnreliableStore jobs = new UnreliableStore(store.store());
    private final HookStore hooks = new InMemoryHookStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final KnownHooks known = new KnownHooks(hooks, store.notices());
    private final HookMeters meters = new HookMeters(registry);
    private final NoticeSender sender = new NoticeSender(
            TestQueue.of(jobs), new NoticeJobs(Optional.empty(), 3, Duration.ofSeconds(15)), meters, 1000);

    private OwnNotices instance(String name) {
        return new OwnNotices(known, sender, meters, name, store.clock());
    }

    @Test
    void stallAndItsEndAreTwoNotices() {
        put(HookEvent.STALLED, HookEvent.RECOVERED);
        OwnNotices one = instance("one");
        one.stalled("no-proof", STALL);
        store.letPass(Duration.ofMinutes(1));
        one.recovered("no-proof", STALL);
        answer(one.send());
        answer(one.send());

        assertThat(sent())
                .extracting(job -> job.spec().payload().text())
                .anyMatch(text -> text.contains("\"event\":\"stalled\"") && text.contains("\"instance\":\"one\""))
                .anyMatch(text -> text.contains("\"event\":\"recovered\"") && text.contains("\"stalledMs\":20000"))
                .hasSize(2);
    }

    @Test
    void holdThatAllInstancesHearOfIsOneNotice() {
        put(HookEvent.HANDLER_HELD);
        Hold hold = new Hold(store.now(), 10);
        for (String name : List.of("one", "other")) {
            OwnNotices instance = instance(name);
            instance.held(HANDLER, null, hold);
            answer(instance.send());
        }

        assertThat(sent()).hasSize(1);
        assertThat(sent().get(0).spec().payload().text())
                .contains("\"handler\":\"resize\"", "\"reason\":\"failures\"", "\"failed\":10");
    }

    @Test
    void holdOfLongAgoIsNoNews() {
        put(HookEvent.HANDLER_HELD);
        OwnNotices one = instance("one");
        one.held(HANDLER, null, new Hold(store.now().minus(Duration.ofHours(2)), 0));
        answer(one.send());

        assertThat(sent()).isEmpty();
    }

    @Test
    void holdOfAQueueThatAHookDoesNotWantIsNotTold() {
        put(HookEvent.HANDLER_HELD);
        OwnNotices one = instance("one");
        one.held(HANDLER, new QueueName("other"), new Hold(store.now(), 0));
        one.held(HANDLER, new QueueName("mail"), new Hold(store.now(), 0));
        answer(one.send());

        assertThat(sent()).hasSize(1);
    }

    @Test
    void noticesWaitWhileTheStoreIsAwayUpToABound() {
        put(HookEvent.STALLED);
        OwnNotices one = instance("one");
        jobs.mood = Mood.FAILS;
        for (int i = 0; i < 110; i++) {
            store.letPass(Duration.ofSeconds(1));
            one.stalled("no-proof", STALL);
        }
        answer(one.send());
        assertThat(sent()).isEmpty();

        jobs.mood = Mood.ANSWERS;
        answer(one.send());
        assertThat(sent()).hasSize(100);
        assertThat(registry.counter("mainstay.notices.dropped").count()).isEqualTo(10);
    }

    private void put(HookEvent... events) {
        Hook hook = new Hook(
                EnumSet.copyOf(List.of(events)), new QueuePatterns(List.of("mail")), "https://ops.example/told");
        answer(hooks.put(new HookName("ops"), HookText.of(hook), "t"));
        answer(known.refresh());
    }

    private List<Job> sent() {
        var page = new PageRequest(JobState.READY, Optional.empty(), PageRequest.MOST);
        return answer(store.jobs().list(QueueName.HOOKS, page, EnumSet.allOf(JobPart.class)))
                .jobs();
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(30));
    }
}
