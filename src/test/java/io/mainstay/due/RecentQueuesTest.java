package io.mainstay.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentQueuesTest {

    private static final QueueName MAIL = new QueueName("mail");
    private static final QueueName IMAGES = new QueueName("images");

    private final AtomicLong nanos = new AtomicLong();
    private final RecentQueues recent = new RecentQueues(nanos::get);

    @Test
    void queueIsRecentFromThePollThatFoundItDueForAsLongAsIsAskedFor() {
        due(MAIL);
        pass(Duration.ofSeconds(40));
        due(IMAGES);

        assertThat(within(Duration.ofMinutes(1))).containsExactly(IMAGES, MAIL);
        pass(Duration.ofSeconds(21));
        assertThat(within(Duration.ofMinutes(1))).containsExactly(IMAGES);
        assertThat(recent.within(Duration.ofMinutes(2), 1)).containsExactly(IMAGES);
    }

    @Test
    void claimThatBroughtNothingIsNothing() {
        recent.claimed(MAIL, 0);
        assertThat(within(Duration.ofMinutes(1))).isEmpty();

        recent.claimed(MAIL, 1);
        assertThat(within(Duration.ofMinutes(1))).containsExactly(MAIL);
    }

    @Test
    void privateQueuesAreNobodysBusiness() {
        due(QueueName.privateTo("0190"));

        assertThat(within(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void onlyTheLatestAreRemembered() {
        IntStream.range(0, 11_000).forEach(i -> {
            pass(Duration.ofMillis(1));
            recent.claimed(new QueueName("queue-" + i), 1);
        });
        due(MAIL);

        List<QueueName> known = within(Duration.ofHours(1));
        assertThat(known).hasSize(10_000).startsWith(MAIL).doesNotContain(new QueueName("queue-1000"));
    }

    private void due(QueueName queue) {
        recent.due(List.of(new DueQueue(queue, DueWork.CLAIM, Duration.ZERO, 0)));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<QueueName> within(Duration time) {
        return recent.within(time, Integer.MAX_VALUE);
    }
}
