package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What attempts say of themselves: progress and log. */
interface NoteContract extends ContractSteps {

    @Test
    default void jobThatSaidNothingHasNeither() {
        run(job("a"), "t1");

        assertThat(find("a").status().progress()).isNull();
        assertThat(log("a")).isEmpty();
        assertThat(answer(store().jobs().log(QUEUE, new JobId("none")))).isEmpty();
    }

    @Test
    default void latestProgressIsKept() {
        run(job("a"), "t1");
        Instant before = store().now();
        note(progress("a", "t1", 10, "ten % of \"it\""));
        note(progress("a", "t1", 0, ""));
        assertThat(progressOf("a").percent()).isZero();
        assertThat(progressOf("a").note()).isEmpty();
        note(progress("a", "t1", 100, "é  done "));

        assertThat(progressOf("a").percent()).isEqualTo(100);
        assertThat(progressOf("a").note()).isEqualTo("é  done ");
        assertThat(progressOf("a").at()).isBetween(before, store().now());
    }

    @Test
    default void progressIsKeptThroughEndAndRetryAndForgottenByRequeue() {
        run(job("a"), "t1");
        note(progress("a", "t1", 10, "x"));
        settle(fail("a", "t1", Duration.ZERO));
        assertThat(progressOf("a").percent()).isEqualTo(10);
        claimAll("t2", LONG, "a");
        assertThat(progressOf("a").percent()).isEqualTo(10);
        settle(failForGood("a", "t2"));
        assertThat(progressOf("a").percent()).isEqualTo(10);

        requeue("a", "r1");
        assertThat(find("a").status().progress()).isNull();
    }

    @Test
    default void linesAreKeptInOrderWithTheirTimes() {
        run(job("a"), "t1");
        Instant before = store().now();
        note(new JobNote(
                lease("a", "t1"),
                1,
                Optional.empty(),
                1,
                List.of(new JobNote.Line(LONG, "first  one "), new JobNote.Line(Duration.ZERO, "ü"))));

        assertThat(texts("a")).containsExactly("first  one ", "ü");
        assertThat(log("a")).extracting(LogLine::attempt).containsOnly(1);
        assertThat(log("a").get(0).at()).isBefore(before.minus(LONG).plus(Duration.ofMinutes(1)));
        assertThat(log("a").get(1).at()).isBetween(before, store().now());
    }

    @Test
    default void linesThatAreThereAreNotWrittenTwice() {
        run(job("a"), "t1");
        note(lines("a", "t1", 1, "1", "2"));
        note(lines("a", "t1", 1, "1", "2"));
        note(lines("a", "t1", 2, "2", "3"));
        note(lines("a", "t1", 1, "1"));
        note(lines("a", "t1", 7, "7"));

        assertThat(texts("a")).containsExactly("1", "2", "3", "7");
    }

    @Test
    default void nextAttemptCountsItsOwnLines() {
        run(job("a"), "t1");
        note(lines("a", "t1", 1, "1", "2"));
        settle(fail("a", "t1", Duration.ZERO));
        claimAll("t2", LONG, "a");
        note(lines("a", "t2", 1, "one"));
        note(lines("a", "t2", 1, "one", "two"));

        assertThat(texts("a")).containsExactly("1", "2", "one", "two");
    }

    @Test
    default void latestLinesAreKept() {
        run(job("a"), "t1");
        String[] many = IntStream.rangeClosed(1, LogLine.KEPT)
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
        note(lines("a", "t1", 1, many));
        note(lines("a", "t1", LogLine.KEPT + 1, "x", "y"));

        assertThat(texts("a")).hasSize(LogLine.KEPT).startsWith("3", "4").endsWith("x", "y");
    }

    @Test
    default void whoeverHasNotTheJobWritesNothing() {
        run(job("a"), "t1");
        enqueue("b");
        assertThat(note(progress("a", "t2", 1, ""), lines("b", "t1", 1, "x"), lines("none", "t1", 1, "x")))
                .isZero();
        cancel("a");

        assertThat(note(progress("a", "t1", 1, ""))).isZero();
        assertThat(find("a").status().progress()).isNull();
        assertThat(log("b")).isEmpty();
        assertThat(answer(store().jobs().find(QUEUE, new JobId("none")))).isEmpty();
    }

    @Test
    default void lastWordsAreTakenUntilSomebodyElseHasTheJob() {
        run(job("a"), "t1");
        settle(fail("a", "t1", Duration.ZERO));
        assertThat(note(lines("a", "t1", 1, "last words"))).isEqualTo(1);
        claimAll("t2", LONG, "a");
        assertThat(note(lines("a", "t1", 2, "too late"))).isZero();

        assertThat(texts("a")).containsExactly("last words");
    }

    @Test
    default void jobsOfACallAreToldApart() {
        run(job("a"), "t1");
        run(job("b"), "t2");
        JobNote both = new JobNote(
                lease("a", "t1"),
                1,
                Optional.of(new JobNote.Said(5, "five")),
                1,
                List.of(new JobNote.Line(Duration.ZERO, "of a")));

        assertThat(note(both, lines("none", "t1", 1, "x", "y"), progress("b", "t2", 6, "")))
                .isEqualTo(2);
        assertThat(progressOf("a").percent()).isEqualTo(5);
        assertThat(texts("a")).containsExactly("of a");
        assertThat(progressOf("b").percent()).isEqualTo(6);
    }

    private int note(JobNote... notes) {
        return answer(store().leases().note(QUEUE, List.of(notes)));
    }

    private JobNote progress(String id, String token, int percent, String note) {
        return new JobNote(lease(id, token), 1, Optional.of(new JobNote.Said(percent, note)), 1, List.of());
    }

    private JobNote lines(String id, String token, long first, String... texts) {
        List<JobNote.Line> lines = Arrays.stream(texts)
                .map(text -> new JobNote.Line(Duration.ZERO, text))
                .toList();
        return new JobNote(lease(id, token), 1, Optional.empty(), first, lines);
    }

    private Progress progressOf(String id) {
        return find(id).status().progress();
    }

    private List<LogLine> log(String id) {
        return answer(store().jobs().log(QUEUE, new JobId(id))).orElseThrow();
    }

    private List<String> texts(String id) {
        return log(id).stream().map(LogLine::text).toList();
    }
}
