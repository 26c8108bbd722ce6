package io.mainstay.stats;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.Optional;

/** Counts for tests. */
public final class SomeCounts {

    private SomeCounts() {}

    public static Series series(String queue, String handler) {
        return new Series(new QueueName(queue), new HandlerName(handler));
    }

    /** So many jobs enqueued, and each number after that one more. */
    public static JobCounts rising(long first) {
        long[] numbers = new long[JobCounts.NUMBERS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = first + i;
        }
        return new JobCounts(numbers);
    }

    /** So many jobs enqueued, and nothing else. */
    public static JobCounts enqueued(long count) {
        long[] numbers = new long[JobCounts.NUMBERS];
        numbers[Measure.ENQUEUED.ordinal()] = count;
        return new JobCounts(numbers);
    }

    public static StatsBatch.Entry total(JobCounts counts) {
        return new StatsBatch.Entry(Optional.empty(), counts);
    }

    public static StatsBatch.Entry entry(Series series, JobCounts counts) {
        return new StatsBatch.Entry(Optional.of(series), counts);
    }
}
