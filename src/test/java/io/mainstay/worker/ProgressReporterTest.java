package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What handlers say of themselves, from their words to the store. */
class ProgressReporterTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();
    private final List<JobContext> begun = new CopyOnWriteArrayList<>();
    private final List<UniEmitter<? super Outcome>> ends = new CopyOnWriteArrayList<>();

    ProgressReporterTest() {
        AsyncJobHandler slow = job -> Uni.createFrom().emitter(end -> {
            ends.add(end);
            begun.add(job);
        });
        pool.handle("slow", slow);
    }

    @AfterEach
    void close() {
        ends.forEach(end -> end.complete(Outcome.success()));
        pool.close();
    }

    @Test
    void whatIsSaidIsSeenWhileTheJobRuns() {
        JobId id = begin();
        begun.get(0).progress(30);
        begun.get(0).log("thirty");
        await().until(() -> texts(id).equals(List.of("thirty")));
        assertThat(progress(id).percent()).isEqualTo(30);

        begun.get(0).progress(60, "sixty");
        await().until(() -> progress(id).percent() == 60);
        assertThat(pool.job(id).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void manyWordsAreFewCalls() {
        JobId id = begin();
        IntStream.rangeClosed(1, 1000).forEach(i -> {
            begun.get(0).progress(i / 10, "step " + i);
            begun.get(0).log("line " + i);
        });
        await().until(() -> texts(id).contains("line 1000"));

        assertThat(texts(id)).hasSize(LogLine.KEPT);
        assertThat(progress(id).note()).isEqualTo("step 1000");
        // At a call a second: what is said while the loop above lasts.
        assertThat(pool.gate.notes).hasSizeLessThan(10);
    }

    @Test
    void lastWordsAreThereWhenTheJobHasEnded() {
        JobHandler talkative = job -> {
            job.log("first and last");
            job.progress(100);
            return Outcome.success();
        };
        pool.handle("talkative", talkative).start(1);
        JobId id = pool.addAndWake("talkative");
        await().until(() -> pool.job(id).state() == JobState.SUCCEEDED);

        assertThat(pool.gate.told).containsExactly("note", "settle");
        assertThat(texts(id)).containsExactly("first and last");
        assertThat(progress(id).percent()).isEqualTo(100);
    }

    @Test
    void callThatFailsIsMadeAgainAndNothingIsWrittenTwice() {
        pool.gate.noteAnswersToLose.set(2);
        JobId id = begin();
        begun.get(0).log("once");
        await().until(() -> pool.gate.notes.size() == 3);
        begun.get(0).log("more");

        await().until(() -> texts(id).equals(List.of("once", "more")));
    }

    @Test
    void silentJobsCostNoCall() {
        JobId id = begin();
        ends.get(0).complete(Outcome.success());
        await().until(() -> pool.job(id).state() == JobState.SUCCEEDED);

        assertThat(pool.gate.notes).isEmpty();
    }

    @Test
    void wordsAreCutToOneLineOfTheirLength() {
        JobId id = begin();
        begun.get(0).log("a\r\n\tb\u2028c" + "x".repeat(LogLine.MAX_TEXT));
        begun.get(0).progress(1, "y\n" + "é".repeat(Progress.MAX_NOTE));
        await().until(() -> !texts(id).isEmpty());

        assertThat(texts(id).get(0)).startsWith("a b c").endsWith("x…").hasSize(LogLine.MAX_TEXT);
        assertThat(progress(id).note()).startsWith("y é").endsWith("é…").hasSize(Progress.MAX_NOTE);
    }

    @Test
    void percentOutOfBoundsIsRefused() {
        begin();
        assertThatThrownBy(() -> begun.get(0).progress(101)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> begun.get(0).progress(-1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void wordsOfACancelledJobChangeNothing() {
        JobId id = begin();
        pool.store.cancel(QUEUE, id).await().indefinitely();
        begun.get(0).log("too late");
        await().until(() -> !pool.gate.notes.isEmpty());

        assertThat(texts(id)).isEmpty();
    }

    private JobId begin() {
        pool.start(1);
        JobId id = pool.addAndWake("slow");
        await().until(() -> begun.size() == 1);
        return id;
    }

    private Progress progress(JobId id) {
        return pool.job(id).status().progress();
    }

    private List<String> texts(JobId id) {
        return pool.store.log(QUEUE, id).await().indefinitely().orElseThrow().stream()
                .map(LogLine::text)
                .toList();
    }
}
