package io.mainstay.redis.store;

import io.mainstay.job.JobIds;
import io.mainstay.redis.connection.RedisCalls;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/** Goes through the queues of all buckets, a part of these at a time, and sees to it that {@code next} has what they need. Thread-safe. */
final class DueEntriesCheck {

    private static final Logger LOG = Logger.getLogger(DueEntriesCheck.class);
    /** Followed by the number of the part. */
    private static final String WALKED = "ms:{:queues}:walked:";

    private static final int PARTS = 8;
    /** Bounds how long the script holds Redis. */
    private static final String CHECKED_PER_CALL = "50";

    private final RedisCalls calls;
    private final JobIds ids;
    private final AtomicInteger nextPart = new AtomicInteger();

    DueEntriesCheck(RedisCalls calls, JobIds ids) {
        this.calls = calls;
        this.ids = ids;
    }

    /** A part of all queues, unless an instance did so within that time; what was missing or too late is due now. */
    Uni<Integer> run(Duration every) {
        List<String> args = List.of(ids.nextToken(), Long.toString(every.toMillis()));
        int part = Math.floorMod(nextPart.getAndIncrement(), PARTS);
        return calls.run(Script.WALK, List.of(WALKED + part), args)
                .flatMap(turn -> turn.toInteger() == 1
                        ? checkPart(part)
                        : Uni.createFrom().item(0));
    }

    /** A bucket that does not answer is left out. */
    private Uni<Integer> checkPart(int part) {
        return Multi.createFrom()
                .iterable(IntStream.range(0, Buckets.COUNT)
                        .filter(bucket -> bucket % PARTS == part)
                        .boxed()
                        .toList())
                .onItem()
                .transformToUniAndConcatenate(
                        bucket -> check(bucket, "", 0).onFailure().recoverWithItem(0))
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> check(int bucket, String after, int before) {
        List<String> keys = List.of(Buckets.names(bucket), Buckets.next(bucket));
        return calls.run(Script.NEXT_CHECK, keys, List.of(Buckets.prefixOf(bucket), after, CHECKED_PER_CALL))
                .flatMap(answer -> {
                    String last = answer.get(0).toString();
                    int found = before + answer.size() - 1;
                    if (answer.size() > 1) {
                        LOG.warnf("Bucket %d lacked entries for due work, which were added: %s", bucket, answer);
                    }
                    return last.isEmpty() ? Uni.createFrom().item(found) : check(bucket, last, found);
                });
    }
}
