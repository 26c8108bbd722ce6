package io.mainstay.policy;

import io.mainstay.job.QueueName;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Over which places a queue is laid out. The parts of one layout are others than those of the next, so a change goes from the ones to the
 * others: while it is {@link Phase#CLOSING} nothing is added to the new ones, and once it is {@link Phase#MOVING} nothing is added to the old ones
 * but jobs of groups that have jobs there.
 *
 * @param epoch another, later one with each change; 0 for a queue without partitions that never had any
 * @param partitions how many parts there are, or will be once the old ones are closed
 * @param previous how many there were before, while that matters; else 0
 * @param retired how many parts earlier layouts had: they have no unfinished jobs, but ended ones; while it is closing perhaps as
 *     many as there will be
 */
public record Layout(long epoch, int partitions, Phase phase, int previous, List<Integer> retired) {

    /** Of a queue that is its own only part. */
    public static final Layout SINGLE = new Layout(0, 1, Phase.SETTLED, 0, List.of());

    /** Earlier layouts that are known. Of more, jobs are found no longer. */
    static final int MOST_RETIRED = 4;

    /** Where a change of the layout stands. */
    public enum Phase {
        SETTLED,
        /** The old parts are being closed. Until all are, jobs go to those that are not, or wait. */
        CLOSING,
        /** New jobs go to the new parts; the old ones have unfinished jobs. */
        MOVING
    }

    public Layout {
        retired = List.copyOf(retired);
    }

    /** One part, and nothing of another one. */
    public boolean isSingle() {
        return partitions == 1 && previous == 0 && retired.isEmpty();
    }

    /** The parts that take new jobs. */
    public int open() {
        return phase == Phase.CLOSING ? previous : partitions;
    }

    /** Begins a change; the epoch is the store's to say. */
    public Layout closing(int to) {
        return new Layout(epoch, to, Phase.CLOSING, partitions, retired);
    }

    /** The old parts are closed. */
    public Layout moving() {
        return new Layout(epoch, partitions, Phase.MOVING, previous, without(partitions));
    }

    /** Not all old parts could be closed: they are the only ones again, under a new epoch. */
    public Layout undone() {
        return new Layout(epoch, previous, Phase.SETTLED, 0, retired);
    }

    /** The old parts have no unfinished jobs. */
    public Layout settled() {
        List<Integer> earlier = Stream.concat(Stream.of(previous), without(previous).stream())
                .limit(MOST_RETIRED)
                .toList();
        return new Layout(epoch, partitions, Phase.SETTLED, 0, earlier);
    }

    /** The old parts have nothing at all, so nothing is sought there any more. */
    public Layout forgotten() {
        return new Layout(epoch, partitions, Phase.SETTLED, 0, retired);
    }

    /** All places where jobs may be, those that take new ones first; among them the queue itself, which has those of flows. */
    public List<QueueName> places(QueueName queue) {
        return Stream.concat(counts().flatMap(count -> parts(queue, count)), Stream.of(queue))
                .distinct()
                .toList();
    }

    /**
     * The part for jobs with a key: the same one always, by the same key.
     *
     * @param key the job's group, else its id
     */
    public static QueueName part(QueueName queue, int count, String key) {
        return count == 1 ? queue : queue.partition(count, index(count, key));
    }

    /** Which of the parts {@link #part} tells. */
    public static int index(int count, String key) {
        int hash = key.hashCode();
        // The finalizer of MurmurHash3: texts that are alike are far apart then.
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(hash ^ (hash >>> 16), count);
    }

    /** The same without these retired parts, which have no jobs at all any more. */
    public Layout without(List<Integer> counts) {
        return new Layout(
                epoch,
                partitions,
                phase,
                previous,
                retired.stream().filter(each -> !counts.contains(each)).toList());
    }

    /** Whether a job with a unique key may be added: all that may hold the key are in one place. */
    public boolean seesAllKeys() {
        return partitions == 1 && phase == Phase.SETTLED;
    }

    /** All counts of parts that there are: the one that takes new jobs first. */
    public Stream<Integer> counts() {
        Stream<Integer> current =
                switch (phase) {
                    case SETTLED -> Stream.of(partitions);
                    case CLOSING -> Stream.of(previous, partitions);
                    case MOVING -> Stream.of(partitions, previous);
                };
        return Stream.concat(current, retired.stream());
    }

    public static Stream<QueueName> parts(QueueName queue, int count) {
        return IntStream.range(0, count).mapToObj(part -> queue.partition(count, part));
    }

    private List<Integer> without(int count) {
        return retired.stream().filter(each -> each != count).toList();
    }
}
