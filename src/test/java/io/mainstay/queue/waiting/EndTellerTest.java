package io.mainstay.queue.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.attempt.StartedAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndTellerTest {

    private static final QueueName QUEUE = new QueueName("q");

    private final List<String> told = new ArrayList<>();
    private final EndTeller teller = new EndTeller(new EndNotices() {
        @Override
        public void tellAwaited(QueueName queue, List<JobId> jobs) {}

        @Override
        public void tellEnded(QueueName queue, JobId job) {
            told.add(queue + "/" + job);
        }

        @Override
        public void listen(Listener listener) {}

        @Override
        public boolean live() {
            return true;
        }
    });

    @Test
    void endOfAnAwaitedJobIsToldOfOnce() {
        teller.awaited(QUEUE, List.of(new JobId("a"), new JobId("b")));
        teller.finished(StartedAttempt.of(job("other")), JobState.SUCCEEDED, Duration.ZERO);
        teller.finished(StartedAttempt.of(job("a")), JobState.SCHEDULED, Duration.ZERO);
        assertThat(told).isEmpty();

        teller.finished(StartedAttempt.of(job("a")), JobState.DEAD, Duration.ZERO);
        teller.finished(StartedAttempt.of(job("a")), JobState.DEAD, Duration.ZERO);
        teller.moved(cancelled("b"));
        assertThat(told).containsExactly("q/a", "q/b");
    }

    @Test
    void noMoreAreRememberedThanMayBe() {
        IntStream.range(0, 11_000).forEach(i -> teller.awaited(QUEUE, List.of(new JobId("n-" + i))));
        teller.finished(StartedAttempt.of(job("n-9999")), JobState.SUCCEEDED, Duration.ZERO);
        teller.finished(StartedAttempt.of(job("n-10000")), JobState.SUCCEEDED, Duration.ZERO);

        assertThat(told).containsExactly("q/n-9999");
    }

    private final InMemoryJobStore store = new InMemoryJobStore(new TestClock());

    private Job job(String id) {
        return store.enqueue(JobDraft.job(QUEUE, id).build())
                .await()
                .indefinitely()
                .job();
    }

    private Job cancelled(String id) {
        job(id);
        store.cancel(QUEUE, new JobId(id)).await().indefinitely();
        return store.find(QUEUE, new JobId(id)).await().indefinitely().orElseThrow();
    }
}
