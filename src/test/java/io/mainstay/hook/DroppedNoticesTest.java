package io.mainstay.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.queue.TestQueue;
import io.mainstay.queue.TwinUnderTest;
import io.mainstay.security.QueuePatterns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an outbox had no room for is known while its other notices still wait. */
class DroppedNoticesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FullOutbox outbox = new FullOutbox();

    @Test
    void droppedNoticesAreCountedThoughTheOthersCannotBeSent() {
        OutboxRounds rounds = roundsWithoutRoom();
        for (int i = 0; i < 2; i++) {
            rounds.noticesDue(0, Duration.ZERO);
            rounds.idle().await().atMost(SOON);
        }

        assertThat(registry.counter("mainstay.notices.dropped").count()).isEqualTo(7);
        assertThat(outbox.struckOff).isFalse();
    }

    private OutboxRounds roundsWithoutRoom() {
        HookStore hooks = new InMemoryHookStore();
        Hook hook = new Hook(EnumSet.of(HookEvent.DEAD), QueuePatterns.ALL, "https://ops.example/told");
        hooks.put(new HookName("ops"), HookText.of(hook), "t").await().atMost(SOON);
        HookMeters meters = new HookMeters(registry);
        NoticeJobs jobs = new NoticeJobs(Optional.empty(), 30, Duration.ofSeconds(15));
        NoticeSender sender =
                new NoticeSender(TestQueue.of(TwinUnderTest.open(100).jobs()), jobs, meters, 0);
        return new OutboxRounds(outbox, new KnownHooks(hooks, outbox), sender, meters);
    }

    /** Has one notice, and has dropped seven. */
    private static final class FullOutbox implements NoticeStore {

        private long dropped = 7;
        private boolean struckOff;

        @Override
        public int buckets() {
            return 1;
        }

        @Override
        public int bucketOf(QueueName queue) {
            return 0;
        }

        @Override
        public Uni<Long> want(int bucket, Wanted wanted) {
            return Uni.createFrom().item(wanted.version());
        }

        @Override
        public Uni<Outbox> outbox(int bucket, int max, Duration again) {
            String notice = "[\"dead\",\"1795905500000\",\"mail\",\"a\",\"send\",\"3\",\"boom\"]";
            return Uni.createFrom().item(() -> new Outbox(1, dropped, List.of(notice)));
        }

        @Override
        public Uni<Void> done(int bucket, long toldOf, List<String> notices) {
            dropped -= toldOf;
            struckOff |= !notices.isEmpty();
            return Uni.createFrom().voidItem();
        }
    }
}
