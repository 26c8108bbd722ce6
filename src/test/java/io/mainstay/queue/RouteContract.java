package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.queue.route.Served;
import io.mainstay.queue.route.TargetRoom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Jobs lie in lines by their handler, and by their target if they have one: a claim takes the best of those that it serves. */
interface RouteContract extends ContractSteps {

    HandlerName MAIL = new HandlerName("mail");

    private Claimed claimServing(int max, String... handlers) {
        return claimServing(max, TargetRoom.UNLIMITED, handlers);
    }

    private Claimed claimServing(int max, TargetRoom room, String... handlers) {
        Served served = new Served(SomeClaim.handlers(handlers), room);
        return claim(new ClaimRequest(QUEUE, WORKER, UUID.randomUUID().toString(), max, LONG, served));
    }

    private static List<String> ids(Claimed claimed) {
        return claimed.jobs().stream().map(ContractSteps::id).toList();
    }

    private JobDraft mail(String id) {
        return job(id).handledBy("mail");
    }

    private JobDraft to(String target, String id) {
        return job(id).goingTo("http", target);
    }

    /** Handlers that are to claim now, as polls find it; and whether anybody is. */
    private Set<Optional<HandlerName>> due() {
        return answer(store().due().due(store().due().bucketOf(QUEUE), Duration.ZERO)).queues().stream()
                .filter(due ->
                        due.work() == DueWork.CLAIM && due.now() && due.queue().equals(QUEUE))
                .map(DueQueue::handler)
                .collect(Collectors.toSet());
    }

    /** Polls look at everything the first time. */
    private void firstLook() {
        due();
    }

    @Test
    default void jobsOfOtherHandlersAreNeitherTakenNorInTheWay() {
        enqueue(mail("m-1"));
        enqueue("a");
        enqueue(mail("m-2").priority(9));
        enqueue("b");

        Claimed claimed = claimServing(10, "echo");

        assertThat(ids(claimed)).containsExactly("a", "b");
        assertThat(claimed.more()).isFalse();
        assertThat(list(JobState.READY)).containsExactly("m-2", "m-1");
        assertThat(ids(claimServing(10, "mail"))).containsExactly("m-2", "m-1");
    }

    @Test
    default void bestOfAllThatAreServedComesFirst() {
        enqueue("a");
        enqueue(mail("b"));
        enqueue(job("c").handledBy("other"));
        enqueue(mail("d").priority(9));
        enqueue("e");
        enqueue(mail("f"));

        assertThat(ids(claimServing(3, "mail", "echo"))).containsExactly("d", "a", "b");
        assertThat(ids(claimServing(3, "mail", "echo"))).containsExactly("e", "f");
        assertThat(ids(claimServing(3, "mail", "other"))).containsExactly("c");
    }

    @Test
    default void claimThatServesNothingTakesNothing() {
        enqueue("a");
        enqueue(job("b").group("g"));

        Claimed claimed = claimServing(10);

        assertThat(claimed.jobs()).isEmpty();
        assertThat(claimed.more()).isFalse();
    }

    @Test
    default void jobKeepsItsPlaceAmongThoseOfItsRoute() {
        enqueue(mail("a"));
        enqueue("b");
        enqueue("c");
        Claimed claimed = claimServing(1, "echo");
        String token = UUID.randomUUID().toString();
        claim(new ClaimRequest(QUEUE, WORKER, token, 1, LONG, Served.of(Set.of(MAIL))));
        settle(release("a", token));

        assertThat(ids(claimed)).containsExactly("b");
        assertThat(list(JobState.READY)).containsExactly("a", "c");
        assertThat(ids(claimServing(2, "mail", "echo"))).containsExactly("a", "c");
    }

    @Test
    default void cancelledJobIsOutOfItsLine() {
        enqueue("a");
        enqueue(mail("b"));
        enqueue(mail("c"));
        cancel("b");
        cancel("a");

        assertThat(ids(claimServing(5, "mail", "echo"))).containsExactly("c");
        assertThat(figures().counts().get(JobState.READY)).isZero();
    }

    @Test
    default void groupIsNotHeldUpByJobsOfOtherHandlers() {
        enqueue(mail("a").group("g"));
        enqueue(job("b").group("g"));
        enqueue(mail("c").group("h"));

        Claimed claimed = claimServing(10, "echo");

        assertThat(ids(claimed)).containsExactly("b");
        assertThat(claimed.more()).isFalse();
        assertThat(ids(claimServing(10, "mail"))).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    default void orderOfAGroupHoldsWhoeverServesIt() {
        enqueue(mail("a").inOrderOf("g"));
        enqueue(job("b").inOrderOf("g"));
        enqueue("c");

        assertThat(ids(claimServing(10, "echo"))).containsExactly("c");
        String token = UUID.randomUUID().toString();
        claim(new ClaimRequest(QUEUE, WORKER, token, 10, LONG, Served.of(Set.of(MAIL))));
        settle(complete("a", token));
        assertThat(ids(claimServing(10, "echo"))).containsExactly("b");
    }

    @Test
    default void ofATargetNoMoreAreTakenThanItHasRoomFor() {
        for (String id : List.of("1", "2", "3")) {
            enqueue(to("https://a:443", "a" + id));
            enqueue(to("https://b:443", "b" + id));
        }
        enqueue(to("https://c:443", "c1"));

        Claimed claimed = claimServing(10, new TargetRoom(2, Map.of("https://a:443", 0)), "http");

        assertThat(ids(claimed)).containsExactly("b1", "b2", "c1");
        assertThat(claimed.more()).isFalse();
        assertThat(claimed.unwanted()).isTrue();
        assertThat(ids(claimServing(10, "http"))).containsExactly("a1", "a2", "a3", "b3");
    }

    @Test
    default void targetsThatAreNotWantedHoldUpNoGroup() {
        enqueue(to("https://a:443", "a").group("g"));
        enqueue(to("https://a:443", "b").group("h"));
        enqueue(to("https://b:443", "c").group("h"));
        TargetRoom room = new TargetRoom(Integer.MAX_VALUE, Map.of("https://a:443", 0));

        Claimed claimed = claimServing(10, room, "http");

        assertThat(ids(claimed)).containsExactly("c");
        assertThat(claimed.more()).isFalse();
        assertThat(claimed.unwanted()).isTrue();
        assertThat(ids(claimServing(10, "http"))).containsExactlyInAnyOrder("a", "b");
    }

    /** More than one claim looks past. */
    @Test
    default void manyGroupsOfATargetThatIsNotWantedHoldUpNoOther() {
        int many = 20;
        for (int i = 0; i < many; i++) {
            enqueue(to("https://a:443", "a" + i).group("g" + i));
        }
        enqueue(to("https://b:443", "b").group("last"));
        TargetRoom room = new TargetRoom(Integer.MAX_VALUE, Map.of("https://a:443", 0));

        Claimed claimed = claimServing(10, room, "http");
        for (int i = 0; i < many && claimed.jobs().isEmpty() && claimed.more(); i++) {
            claimed = claimServing(10, room, "http");
        }

        assertThat(ids(claimed)).containsExactly("b");
        assertThat(claimServing(10, room, "http").jobs()).isEmpty();
        assertThat(ids(claimServing(many, "http"))).hasSize(many);
    }

    @Test
    default void firstJobOfAHandlerIsToldOfThoughOthersWait() {
        enqueue("a");
        store().told();

        enqueue(mail("b"));
        assertThat(store().told()).containsExactly(QUEUE);
        enqueue(mail("c"));
        assertThat(store().told()).isEmpty();
    }

    @Test
    default void firstJobOfATargetIsToldOfThoughOthersWait() {
        enqueue(to("https://a:443", "a"));
        store().told();

        enqueue(to("https://b:443", "b"));
        assertThat(store().told()).containsExactly(QUEUE);
        enqueue(to("https://a:443", "c"));
        assertThat(store().told()).isEmpty();
    }

    @Test
    default void pollsTellWhoseJobsMayStart() {
        firstLook();
        enqueue("a");
        enqueue(mail("b"));
        assertThat(due()).contains(Optional.of(MAIL), Optional.of(new HandlerName("echo")));

        claimServing(10, "echo");

        assertThat(due()).containsExactly(Optional.of(MAIL));
    }

    @Test
    default void placeThatIsFreeAgainIsNewsForAllHandlers() {
        answer(store().jobs().setLimits(QUEUE, LimitsDraft.NONE.concurrency(1).build()));
        firstLook();
        enqueue("a");
        claimAll("t", LONG, "a");
        enqueue(mail("b"));
        assertThat(claimServing(1, "mail").jobs()).isEmpty();

        settle(release("a", "t"));

        assertThat(due()).contains(Optional.of(MAIL), Optional.of(new HandlerName("echo")));
    }

    @Test
    default void claimantThatServesNothingOfWhatWaitsIsNotAskedAgain() {
        firstLook();
        enqueue(mail("a"));
        enqueue(mail("b").group("g"));

        claimServing(10, "echo");

        assertThat(due()).containsExactly(Optional.of(MAIL));
        answer(store().jobs().setPaused(QUEUE, true));
        answer(store().jobs().setPaused(QUEUE, false));
        claimServing(10, "echo");
        assertThat(due()).containsExactly(Optional.of(MAIL));
    }

    @Test
    default void jobsOfAPausedHandlerAreALineThatNobodyTakes() {
        enqueue("a");
        enqueue(mail("b"));
        answer(store().jobs().setPaused(QUEUE, MAIL, true));

        assertThat(ids(claimServing(10, "mail", "echo"))).containsExactly("a");
        assertThat(claimServing(10, "mail", "echo").more()).isFalse();
        answer(store().jobs().setPaused(QUEUE, MAIL, false));
        assertThat(ids(claimServing(10, "mail", "echo"))).containsExactly("b");
    }
}
