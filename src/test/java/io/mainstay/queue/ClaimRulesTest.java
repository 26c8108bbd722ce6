package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.Served;
import io.mainstay.queue.route.TargetRoom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The twin does not follow a claim that breaks a rule. */
class ClaimRulesTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Aside NOTHING = new Aside(Set.of());

    private final TwinUnderTest twin = TwinUnderTest.open(3, Duration.ofMinutes(1));
    private int claims;

    @Test
    void rightClaimsAreFollowed() {
        enqueue("a", "b");
        enqueue(
                job("g-1").group("g"),
                job("g-2").group("g"),
                job("h-1").inOrderOf("h"),
                job("h-2").inOrderOf("h"));

        assertRight(3, "a", "g-1", "h-1");
        assertRight(9, "b", "g-2");
        assertRight(9);
    }

    @Test
    void nothingMayBeLeft() {
        enqueue("a", "b");

        assertWrong("lines that could have started more", 2, "a");
    }

    @Test
    void whatIsTooMuchForTheAnswerMayBeLeft() {
        enqueue(job("a").ofBytes(1000), job("b").ofBytes(1000));

        assertThatCode(() -> follow(SomeClaim.of(QUEUE, "me", "t", 2, 1500, HOUR), NOTHING, "a"))
                .doesNotThrowAnyException();
    }

    @Test
    void answerHasABound() {
        enqueue(job("a").ofBytes(1000), job("b").ofBytes(1000));

        assertThatThrownBy(() -> follow(SomeClaim.of(QUEUE, "me", "t", 2, 1500, HOUR), NOTHING, "a", "b"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void noMoreStartThanMay() {
        limit(LimitsDraft.NONE.concurrency(1));
        enqueue("a", "b");

        assertWrong("leased", 2, "a", "b");
    }

    @Test
    void noMoreStartInATimeThanMay() {
        limit(LimitsDraft.NONE.rate(new Rate(1, HOUR)));
        enqueue("a", "b");

        assertWrong("leased", 2, "a", "b");
    }

    @Test
    void groupRunsNoMoreThanItMay() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        enqueue(job("g-1").group("g"), job("g-2").group("g"));

        assertWrong("running of group g", 2, "g-1", "g-2");
    }

    @Test
    void groupStartsNoMoreInATimeThanItMay() {
        limit(LimitsDraft.NONE.groupRate(new Rate(1, HOUR)));
        enqueue(job("g-1").group("g"), job("g-2").group("g"));

        assertWrong("has so many tokens", 2, "g-1", "g-2");
    }

    @Test
    void groupRestsOnlyIfItsRateIsUsedUp() {
        limit(LimitsDraft.NONE.groupRate(new Rate(2, HOUR)));
        enqueue(job("g-1").group("g"), job("g-2").group("g"));

        assertThatThrownBy(() -> follow(request(2), new Aside(Set.of("g")), "g-1"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("groups that rest");
    }

    @Test
    void orderedJobStartsAlone() {
        enqueue(job("g-1").inOrderOf("g"), job("g-2").inOrderOf("g"));

        assertWrong("beside one that keeps the order", 2, "g-1", "g-2");
    }

    @Test
    void firstOfItsLineStarts() {
        enqueue(job("g-1").inOrderOf("g"), job("g-2").inOrderOf("g"));
        enqueue("a", "b");

        assertWrong("out of order in line g", 2, "a", "g-2");
    }

    @Test
    void jobInOrderThatHasItsSlotWaitsForNoOthersThatFindNone() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        retryInOrder(job("g-1"));
        enqueue(job("g-2").group("g").priority(9), job("g-3").group("g").priority(0));

        assertRight(2, "g-1");
    }

    @Test
    void jobInOrderThatHasItsSlotWaitsForOthersThatFindOne() {
        limit(LimitsDraft.NONE.groupConcurrency(2));
        retryInOrder(job("g-1"));
        enqueue(job("g-2").group("g"), job("g-3").group("g"));

        assertWrong("out of order in line g", 1, "g-1");
    }

    @Test
    void jobInOrderThatHasItsSlotComesBehindOthersThatFindOne() {
        limit(LimitsDraft.NONE.groupConcurrency(2));
        retryInOrder(job("g-1"));
        enqueue(job("g-2").group("g"), job("g-3").group("g"));

        assertWrong("out of order in line g", 2, "g-1", "g-2");
    }

    @Test
    void nextInOrderFollowsOneThatHadItsSlotAndIsTooLate() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        retryInOrder(job("g-1").within(Duration.ofMillis(500)));
        enqueue(job("g-2").inOrderOf("g"));

        assertThatCode(() ->
                        twin.store().follow(request(2), new ClaimSeen(ids("g-2"), Set.copyOf(ids("g-1")), NOTHING)))
                .doesNotThrowAnyException();
    }

    @Test
    void priorityCounts() {
        enqueue(job("low").priority(0), job("high").priority(9));

        assertWrong("out of order in line", 1, "low");
    }

    @Test
    void answerIsInOrder() {
        enqueue("a", "b");

        assertWrong("out of order in line", 2, "b", "a");
    }

    @Test
    void agedJobIsNotPassedOverForEver() {
        enqueue(job("low").priority(0));
        twin.letPass(HOUR);
        for (int i = 1; i <= 9; i++) {
            enqueue(job("high-" + i).priority(9));
        }
        for (int i = 1; i <= 7; i++) {
            assertRight(1, "high-" + i);
        }

        assertWrong("have aged waited", 1, "high-8");
    }

    @Test
    void agedJobsHaveTheirShareAndNoMore() {
        enqueue(job("low").priority(0));
        twin.letPass(HOUR);
        enqueue(job("high-1").priority(9), job("high-2").priority(9));
        assertRight(1, "high-1");

        assertWrong("came before others", 1, "low");
    }

    @Test
    void oldestOfThoseThatHaveAgedIsTaken() {
        enqueue(job("low").priority(0), job("lower").priority(1));
        twin.letPass(HOUR);
        for (int i = 1; i <= 9; i++) {
            enqueue(job("high-" + i).priority(9));
        }
        assertRight(7, "high-1", "high-2", "high-3", "high-4", "high-5", "high-6", "high-7");

        assertWrong("as they should have", 1, "lower");
    }

    @Test
    void jobsCountForTheShareThoughTheirTargetHasRoomForNoMore() {
        enqueue(job("low").priority(0));
        twin.letPass(HOUR);
        enqueue(job("x-low").goingTo("http", "x").priority(0));
        for (int i = 1; i <= 7; i++) {
            enqueue(job("x-" + i).goingTo("http", "x").priority(9));
            follow(serving(new TargetRoom(1, Map.of()), "http"), NOTHING, "x-" + i);
        }
        enqueue(job("high").priority(9));

        assertRight(1, "low");
    }

    @Test
    void turnIsAnEvenShare() {
        enqueue(
                job("g-1").group("g"),
                job("g-2").group("g"),
                job("g-3").group("g"),
                job("h-1").group("h"));

        assertWrong("a turn of line g while [h] waited", 3, "g-1", "g-2", "g-3");
    }

    @Test
    void nobodyHasASecondTurnBeforeTheOthers() {
        enqueue(job("g-1").group("g"), job("g-2").group("g"), job("h-1").group("h"));
        assertRight(1, "g-1");

        assertWrong("a second turn of line g", 1, "g-2");
    }

    @Test
    void jobOfAPausedHandlerDoesNotStart() {
        enqueue(job("a").handledBy("mail"));
        twin.store().setPaused(QUEUE, new HandlerName("mail"), true).await().indefinitely();

        assertWrong("a p4 #1 of no group is served", 1, "a");
    }

    @Test
    void jobOfAnotherHandlerDoesNotStart() {
        enqueue(job("a").handledBy("mail"));

        assertThatThrownBy(() -> follow(serving(TargetRoom.UNLIMITED, "echo"), NOTHING, "a"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a p4 #1 of no group is served");
    }

    @Test
    void jobsOfOtherHandlersAreNotInTheWay() {
        enqueue(job("a").handledBy("mail"), job("b").handledBy("mail").group("g"), job("c"), job("d").group("g"));

        assertThatThrownBy(() -> follow(serving(TargetRoom.UNLIMITED, "echo"), NOTHING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lines that could have started more");
        assertThatCode(() -> follow(serving(TargetRoom.UNLIMITED, "echo"), NOTHING, "c", "d"))
                .doesNotThrowAnyException();
    }

    @Test
    void oneInTheOrderOfItsGroupIsInTheWayWhoeverServesIt() {
        enqueue(job("a").handledBy("mail").inOrderOf("g"), job("b").inOrderOf("g"));

        assertThatThrownBy(() -> follow(serving(TargetRoom.UNLIMITED, "echo"), NOTHING, "b"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("waits in a line");
    }

    @Test
    void noMoreStartOfATargetThanItHasRoomFor() {
        enqueue(job("a").goingTo("http", "x"), job("b").goingTo("http", "x"), job("c").goingTo("http", "y"));
        TargetRoom room = new TargetRoom(10, Map.of("x", 1));

        assertThatThrownBy(() -> follow(serving(room, "http"), NOTHING, "a", "b"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of one target");
        assertThatCode(() -> follow(serving(room, "http"), NOTHING, "a", "c")).doesNotThrowAnyException();
    }

    @Test
    void jobThatIsTooLateDoesNotStart() {
        enqueue(job("a").expiresIn(Duration.ofMillis(1)));
        twin.letPass(HOUR);

        assertWrong("a p4 #1 of no group is too late", 1, "a");
    }

    @Test
    void noMoreAreLookedPastThanASweepMay() {
        for (String id : List.of("a", "b", "c", "d")) {
            enqueue(job(id).expiresIn(Duration.ofMillis(1)));
        }
        twin.letPass(HOUR);
        Set<JobId> dead = Set.of(new JobId("a"), new JobId("b"), new JobId("c"), new JobId("d"));

        assertThatThrownBy(() -> twin.store().follow(request(1), new ClaimSeen(List.of(), dead, NOTHING)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("looked past");
    }

    @Test
    void nothingStartsInAPausedQueue() {
        enqueue("a");
        twin.store().setPaused(QUEUE, true).await().indefinitely();

        assertWrong("leased", 1, "a");
    }

    /** Lets a job that keeps the order of group g fail once; it is due again. */
    private void retryInOrder(JobDraft job) {
        enqueue(job.inOrderOf("g"));
        assertRight(1, job.id().value());
        Lease lease = new Lease(job.id(), "t" + claims);
        Settlement failed = new Settlement.Fail(lease, "again", "broken", Optional.of(Duration.ZERO));
        twin.store().settle(QUEUE, List.of(failed)).await().indefinitely();
        twin.letPass(Duration.ofSeconds(1));
    }

    private void assertRight(int max, String... leased) {
        assertThatCode(() -> follow(request(max), NOTHING, leased)).doesNotThrowAnyException();
    }

    private void assertWrong(String why, int max, String... leased) {
        assertThatThrownBy(() -> follow(request(max), NOTHING, leased))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(why);
    }

    private void follow(ClaimRequest request, Aside aside, String... leased) {
        twin.store().follow(request, new ClaimSeen(ids(leased), Set.of(), aside));
    }

    private static List<JobId> ids(String... ids) {
        return Arrays.stream(ids).map(JobId::new).toList();
    }

    private ClaimRequest request(int max) {
        return SomeClaim.of(QUEUE, "me", "t" + ++claims, max, HOUR);
    }

    private ClaimRequest serving(TargetRoom room, String... handlers) {
        return new ClaimRequest(QUEUE, "me", "t" + ++claims, 5, HOUR, new Served(SomeClaim.handlers(handlers), room));
    }

    private void limit(LimitsDraft limits) {
        twin.store().setLimits(QUEUE, limits.build()).await().indefinitely();
    }

    private void enqueue(String... ids) {
        Arrays.stream(ids).map(ClaimRulesTest::job).forEach(this::enqueue);
    }

    private void enqueue(JobDraft... drafts) {
        for (JobDraft draft : drafts) {
            twin.store().enqueue(draft.build()).await().indefinitely();
        }
    }

    private static JobDraft job(String id) {
        return JobDraft.job(QUEUE, id);
    }
}
