package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.LogLine;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.Settlement;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What attempts report and say goes to the store in calls of at most 1 MiB. */
class CallSizeOfWorkersTest {

    private static final int JOBS = 60;
    private static final long MOST = 1 << 20;
    private static final Json RESULT = new Json('"' + "ä".repeat(50_000) + '"');

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void reportsThatWaitTogetherGoInSeveralCalls() {
        pool.maxResult = RESULT.bytes();
        AsyncJobHandler large = job -> Uni.createFrom().item(Outcome.success(RESULT));
        CompletableFuture<Void> held = new CompletableFuture<>();
        pool.gate.settleGate = held;
        pool.handle("large", large).start(JOBS);
        List<JobId> jobs =
                IntStream.range(0, JOBS).mapToObj(i -> pool.add("large")).toList();
        pool.wake(WorkerPoolUnderTest.QUEUE);
        WorkerPoolUnderTest.await().until(() -> pool.status.unsettled() == JOBS);
        held.complete(null);

        WorkerPoolUnderTest.await()
                .until(() -> jobs.stream().allMatch(id -> pool.job(id).state() == JobState.SUCCEEDED));
        assertThat(pool.gate.settles).hasSizeGreaterThan((int) (JOBS * RESULT.bytes() / MOST));
        assertThat(pool.gate.settles)
                .allMatch(call -> call.stream().mapToLong(Settlement::bytes).sum() <= MOST);
    }

    @Test
    void notesGoInSeveralCalls() {
        String line = "ä".repeat(LogLine.MAX_TEXT);
        AsyncJobHandler chatty = job -> {
            IntStream.range(0, LogLine.KEPT).forEach(i -> job.log(line));
            return Uni.createFrom().item(Outcome.success());
        };
        pool.handle("chatty", chatty).start(JOBS);
        List<JobId> jobs =
                IntStream.range(0, JOBS).mapToObj(i -> pool.add("chatty")).toList();
        pool.wake(WorkerPoolUnderTest.QUEUE);

        WorkerPoolUnderTest.await()
                .until(() -> jobs.stream().allMatch(id -> pool.job(id).state() == JobState.SUCCEEDED));
        WorkerPoolUnderTest.await().untilAsserted(() -> assertThat(
                        pool.gate.notes.stream().mapToInt(List::size).sum())
                .isEqualTo(JOBS));
        assertThat(pool.gate.notes)
                .allMatch(call -> call.stream().mapToLong(JobNote::bytes).sum() <= MOST);
    }
}
