package io.mainstay.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.due.RecentQueues;
import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainsByHand;
import io.mainstay.queue.WorkersByHand;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a reading costs: calls for queues where something was to be done lately, and for no others. */
class SizingTest {

    private static final ScalingConfig CONFIG = new ScalingConfig() {
        @Override
        public Duration startDelay() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration interval() {
            return Duration.ofSeconds(10);
        }
    };

    private final AtomicLong nanos = new AtomicLong();
    private final RecentQueues recent = new RecentQueues(nanos::get);
    private final List<QueueName> asked = new ArrayList<>();
    private final LoadStore loads = this::noLoads;

    @Test
    void queuesThatAreIdleAreNotAskedAbout() {
        poll(1000);
        read();
        assertThat(asked).hasSize(1000);

        asked.clear();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        poll(1);
        read();
        assertThat(asked).containsExactly(new QueueName("queue-0"));
    }

    @Test
    void oneReadingIsBounded() {
        poll(5000);
        read();

        assertThat(asked).hasSize(1000);
    }

    private void poll(int queues) {
        recent.due(IntStream.range(0, queues)
                .mapToObj(i -> new DueQueue(new QueueName("queue-" + i), DueWork.CLAIM, Duration.ZERO, 0))
                .toList());
    }

    /** A new one each time, for it shares what it has read within a second. */
    private void read() {
        new Sizing(recent, loads, new WorkersByHand(), new DrainsByHand(), CONFIG)
                .demand()
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private Uni<List<QueueLoad>> noLoads(Collection<QueueName> queues, Set<HandlerName> handlers) {
        asked.addAll(queues);
        return Uni.createFrom().item(List.of());
    }
}
