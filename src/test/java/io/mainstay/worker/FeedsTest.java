package io.mainstay.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How queues share workers, and what makes a hint go away. */
class FeedsTest {

    private static final QueueName HEAVY = new QueueName("heavy");
    private static final QueueName LIGHT = new QueueName("light");

    private final Claimant claimant = new Claimant("test", "host", new JobIds(), Duration.ofSeconds(10));
    private final Feeds feeds = new Feeds(QueueWeights.parse(List.of("heavy=3", "light")), new SplittableRandom(1));
    private final Feed heavy = feeds.serve(HEAVY).orElseThrow();
    private final Feed light = feeds.serve(LIGHT).orElseThrow();

    @Test
    void workersAreSharedByWeight() {
        feeds.all().forEach(Feed::hint);
        feeds.allot(40);
        assertThat(heavy.allotted).isEqualTo(30);
        assertThat(light.allotted).isEqualTo(10);
    }

    @Test
    void sharesHoldWhenWorkersComeOneByOne() {
        feeds.all().forEach(Feed::hint);
        Map<QueueName, Integer> given = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            feeds.allot(1).forEach(feed -> given.merge(feed.queue, 1, Integer::sum));
        }
        assertThat(given).containsEntry(HEAVY, 300).containsEntry(LIGHT, 100);
    }

    @Test
    void queueThatWaitsForAnAnswerIsMadeUpForIt() {
        feeds.all().forEach(Feed::hint);
        heavy.claim = claimant.claim(HEAVY, 1, ClaimRequest.MOST_BYTES);
        assertThat(feeds.allot(4)).containsExactly(light);
        heavy.claim = null;
        feeds.allot(12);
        assertThat(heavy.allotted).isEqualTo(12);
    }

    @Test
    void longWaitForAnAnswerDoesNotStarveTheOthersAfterwards() {
        feeds.all().forEach(Feed::hint);
        heavy.claim = claimant.claim(HEAVY, 1, ClaimRequest.MOST_BYTES);
        feeds.allot(100_000);
        heavy.claim = null;
        feeds.allot(200);
        assertThat(light.allotted).isPositive();
    }

    @Test
    void loneQueueGetsAllWorkers() {
        light.hint();
        assertThat(feeds.allot(64)).containsExactly(light);
        assertThat(light.allotted).isEqualTo(64);
    }

    @Test
    void hintOutlivesAFullClaim() {
        claimed(5, 5, false);
        assertThat(light.hinted()).isTrue();
        claimed(5, 4, true);
        assertThat(light.hinted()).isTrue();
        claimed(5, 4, false);
        assertThat(light.hinted()).isFalse();
    }

    @Test
    void wakeUpThatOvertakesTheAnswerIsKept() {
        light.hint();
        light.claim = claimant.claim(LIGHT, 5, ClaimRequest.MOST_BYTES);
        light.claim.sending(5);
        light.sending();
        light.hint();
        light.answered(0, false);
        assertThat(light.hinted()).isTrue();
    }

    @Test
    void onlyNamedQueuesAreServed() {
        assertThat(feeds.serve(new QueueName("other"))).isEmpty();
        Feeds all = new Feeds(QueueWeights.ALL, new SplittableRandom(1));
        all.known(Set.of(HEAVY));
        assertThat(all.all()).hasSize(1);
        all.known(Set.of(LIGHT));
        assertThat(all.all()).as("not yet looked at").hasSize(2);
        seenEmpty(all.serve(HEAVY).orElseThrow());
        all.known(Set.of(LIGHT));
        assertThat(all.all()).extracting(feed -> feed.queue).containsExactly(LIGHT);
    }

    @Test
    void privateQueueGetsOneWorkerAndTheOthersShareTheRest() {
        QueueName own = QueueName.privateTo("me");
        Feeds with = new Feeds(QueueWeights.parse(List.of("light")).and(own), new SplittableRandom(1));
        with.all().forEach(Feed::hint);
        assertThat(with.allot(4))
                .extracting(feed -> feed.queue.value() + " " + feed.allotted)
                .containsExactlyInAnyOrder("light 3", own + " 1");
        assertThat(with.allot(1)).extracting(feed -> feed.queue).containsExactly(own);
        with.known(Set.of());
        assertThat(with.serve(own)).isPresent();
    }

    @Test
    void badWeightsAreNamed() {
        assertThatThrownBy(() -> QueueWeights.parse(List.of("a=0")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.worker.queues");
        assertThatThrownBy(() -> QueueWeights.parse(List.of("a", "a=2"))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> QueueWeights.parse(List.of("A"))).isInstanceOf(InvalidValueException.class);
    }

    private void seenEmpty(Feed feed) {
        feed.claim = claimant.claim(feed.queue, 1, ClaimRequest.MOST_BYTES);
        feed.claim.sending(1);
        feed.sending();
        feed.answered(0, false);
    }

    private void claimed(int asked, int jobs, boolean more) {
        light.hint();
        light.claim = claimant.claim(LIGHT, asked, ClaimRequest.MOST_BYTES);
        light.claim.sending(asked);
        light.sending();
        light.answered(jobs, more);
    }
}
