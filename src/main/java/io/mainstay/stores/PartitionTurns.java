package io.mainstay.stores;

import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Layout;
import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.places.NewJobIds;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Makes ids that send the jobs of one moment to the same partition, since a job's id says where it goes: such jobs share calls of the store,
 * wake-ups and claims, as those of a queue without partitions do. The partitions take turns of {@value #TURN_MS} ms, the same one on all instances
 * whose clocks agree.
 *
 * <p>Jobs are spread evenly at every moment as long as there are more than {@value #MOST_JOBS} of them here in a turn, since calls are shared then
 * anyway and one node might not keep up; and in queues with limits, because each partition has a share of these that the others cannot use.
 */
public final class PartitionTurns implements NewJobIds {

    static final int TURN_MS = 250;
    static final int MOST_JOBS = 125;

    /** After how long limits are looked at again, while there are new jobs. */
    static final Duration LIMITS_KNOWN = Duration.ofSeconds(10);

    /** Fewer waiting jobs a partition are a limit that the jobs of a turn could meet. */
    private static final long FEW_WAITING = 20L * MOST_JOBS;

    private static final Logger LOG = Logger.getLogger(PartitionTurns.class);

    /** By number of partitions. */
    private static final int[] STEPS = IntStream.rangeClosed(0, QueueName.MAX_PARTITIONS)
            .map(PartitionTurns::step)
            .toArray();

    private final JobIds ids;
    private final Policies policies;
    private final JobStore places;
    private final InstantSource clock;
    private final Map<QueueName, Known> limits = new ConcurrentHashMap<>();
    /** The turn, how many jobs it had, and how many the one before it. */
    private final AtomicReference<Turn> last = new AtomicReference<>(new Turn(0, 0, 0));

    private record Known(boolean limited, long askedAt) {}

    private record Turn(long number, int jobs, int jobsBefore) {

        Turn next(long now) {
            if (now == number) {
                return new Turn(number, jobs + 1, jobsBefore);
            }
            return new Turn(now, 1, now == number + 1 ? jobs : 0);
        }

        boolean busy() {
            return Math.max(jobs, jobsBefore) > MOST_JOBS;
        }
    }

    /** @param places of which a queue with partitions has its limits whole under its own name */
    public PartitionTurns(JobIds ids, Policies policies, JobStore places, InstantSource clock) {
        this.ids = ids;
        this.policies = policies;
        this.places = places;
        this.clock = clock;
    }

    @Override
    public JobId next(QueueName queue) {
        StoredPolicy policy = queue.isPlace() ? null : policies.of(queue);
        int partitions = policy == null ? 1 : policy.layout().open();
        JobId id = ids.nextId();
        if (partitions == 1 || isLimited(queue)) {
            return id;
        }
        long now = clock.millis() / TURN_MS;
        Turn turn = last.updateAndGet(before -> before.next(now));
        if (turn.busy()) {
            return id;
        }
        int wanted = Math.floorMod(turn.number() * STEPS[partitions], partitions);
        // As many tries as there are partitions, on the average.
        while (Layout.index(partitions, id.value()) != wanted) {
            id = ids.nextId();
        }
        return id;
    }

    /**
     * From one partition to the next in turn: about a third of all, as neighbours are on the same node; coprime to their number, so that each has its
     * turn.
     */
    private static int step(int partitions) {
        return IntStream.iterate(Math.max(1, partitions / 3), step -> step + 1)
                .filter(step -> BigInteger.valueOf(step)
                        .gcd(BigInteger.valueOf(partitions))
                        .equals(BigInteger.ONE))
                .findFirst()
                .orElseThrow();
    }

    /** True also as long as that is not known. */
    private boolean isLimited(QueueName queue) {
        long now = clock.millis();
        Known known = limits.get(queue);
        if (known == null || Math.abs(now - known.askedAt) >= LIMITS_KNOWN.toMillis()) {
            if (limits.size() >= PolicyStore.MOST) {
                // Of queues that have no partitions any more.
                limits.clear();
            }
            limits.put(queue, new Known(known == null || known.limited, now));
            look(queue, now);
            known = limits.get(queue);
        }
        return known == null || known.limited;
    }

    private void look(QueueName queue, long now) {
        places.figures(List.of(queue))
                .subscribe()
                .with(
                        figures -> limits.put(queue, new Known(isLimited(figures.get(0)), now)),
                        failure -> LOG.debugf(failure, "limits of queue %s are not known", queue));
    }

    private boolean isLimited(QueueFigures figures) {
        QueueLimits set = figures.limits();
        return set.concurrency().isPresent()
                || set.rate().isPresent()
                || set.maxWaiting().orElse(Long.MAX_VALUE) < FEW_WAITING * QueueName.MAX_PARTITIONS;
    }
}
