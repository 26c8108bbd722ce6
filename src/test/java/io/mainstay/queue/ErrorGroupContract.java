package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore.Seen;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface ErrorGroupContract extends ContractSteps {

    @Test
    default void deadJobsOfTheSameErrorAreOneGroup() {
        die("a", "timeout", "no answer from 10.0.0.17 within 5000 ms for order 550e8400-e29b-41d4-a716-446655440000");
        die("b", "timeout", "no answer from 10.0.3.200 within 70 ms for order 650e8400-e29b-41d4-a716-446655440001");
        die("c", "timeout", "something else");

        List<ErrorGroup> groups = groups();

        assertThat(groups).extracting(ErrorGroup::jobs).containsExactly(1L, 2L);
        ErrorGroup two = groups.get(1);
        assertThat(two.handler()).isEqualTo("echo");
        assertThat(two.type()).isEqualTo("timeout");
        assertThat(two.message()).isEqualTo("no answer from <n>.<n>.<n>.<n> within <n> ms for order <id>");
        assertThat(two.example()).isEqualTo(new JobId("b"));
        assertThat(two.firstSeen()).isEqualTo(find("a").status().times().finishedAt());
        assertThat(two.lastSeen()).isEqualTo(find("b").status().times().finishedAt());
    }

    @Test
    default void idsNumbersAndHashesMakeNoDifference() {
        List<String> alike = List.of(
                "user 17 (deadbeef01) has no key V1StGXR8 in job7x2",
                "user 4 (0a1b2c3d4e) has no key Z5jdHi6B in job81x9");
        die("a", "t", alike.get(0));
        die("b", "t", alike.get(1));

        assertThat(groups())
                .hasSize(1)
                .extracting(ErrorGroup::message)
                .containsExactly("user <n> (<id>) has no key <id> in <id>");
    }

    @Test
    default void longAndStrangeMessagesAreCut() {
        die("a", "t", "\u00e9\n\t\"".repeat(300));
        die("b", "t", "x".repeat(2000));

        assertThat(groups()).extracting(ErrorGroup::message).allSatisfy(message -> assertThat(message)
                .hasSizeBetween(100, 200)
                .doesNotContain("\n", "\ufffd"));
    }

    @Test
    default void groupGoesWithItsLastDeadJob() {
        die("a", "t", "one");
        die("b", "t", "one");

        requeue("a", "r1");
        assertThat(groups()).extracting(ErrorGroup::jobs).containsExactly(1L);
        requeue("b", "r2");
        assertThat(groups()).isEmpty();
        claimAll("t-again", LONG, "a");
        settle(new Settlement.Fail(lease("a", "t-again"), "t", "one", Optional.empty()));
        assertThat(groups()).extracting(ErrorGroup::jobs).containsExactly(1L);
    }

    @Test
    default void jobsOfAGroupAreListed() {
        die("a", "t", "one 1");
        die("b", "t", "two");
        die("c", "t", "one 2");
        String one = groups().get(0).fingerprint();
        PageRequest page = new PageRequest(JobState.DEAD, Optional.empty(), 10, JobFilter.ALL.withError(one), 10);

        assertThat(ContractSteps.ids(answer(store().jobs().list(QUEUE, page, JobPart.NONE))))
                .containsExactly("c", "a");
    }

    @Test
    default void anotherHandlerIsAnotherGroup() {
        die("a", "t", "one");
        run(job("b").handledBy("mail"), "t-b");
        settle(new Settlement.Fail(lease("b", "t-b"), "t", "one", Optional.empty()));

        assertThat(groups()).extracting(ErrorGroup::handler).containsExactly(new HandlerName("mail").value(), "echo");
    }

    private void die(String id, String type, String message) {
        run(job(id), "t-" + id);
        settle(new Settlement.Fail(lease(id, "t-" + id), type, message, Optional.empty()));
        letPass(Duration.ofMillis(2));
    }

    private List<ErrorGroup> groups() {
        List<String> latest = answer(store().errors().seen(QUEUE)).stream()
                .map(Seen::fingerprint)
                .toList();
        return answer(store().errors().read(QUEUE, latest));
    }
}
