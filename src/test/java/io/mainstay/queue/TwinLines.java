package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which ready jobs of a queue of the in-memory store may start. There is one line of jobs without a group, named {@link #PLAIN},
 * and one of each group. Lines are sorted anew from the jobs each time; what is kept is what jobs do not tell: who counts
 * against the limit of a group, and which groups rest.
 */
final class TwinLines {

    /** No group can have this name. */
    static final String PLAIN = "no group";

    private final Map<JobId, TwinJob> jobs;
    private final int sweepLimit;
    private final TwinTurns turns;
    private final TwinLimits limits;
    private final TwinHandlers handlers = new TwinHandlers();
    private final Map<String, Instant> resting = new TreeMap<>();
    private final Map<JobId, String> slots = new HashMap<>();

    /** @param turns told which groups may start jobs, and which may not any more */
    TwinLines(Map<JobId, TwinJob> jobs, int sweepLimit, TwinTurns turns) {
        this.jobs = jobs;
        this.sweepLimit = sweepLimit;
        this.turns = turns;
        this.limits = new TwinLimits(jobs);
    }

    TwinLimits limits() {
        return limits;
    }

    TwinHandlers handlers() {
        return handlers;
    }

    void setLimits(QueueLimits changed) {
        if (!changed.groupRate().equals(limits.get().groupRate())) {
            endRests();
        }
        limits.set(changed);
        new TreeSet<>(slots.values()).forEach(this::look);
    }

    boolean setPaused(HandlerName handler, boolean pause) {
        return handlers.set(handler, pause, parked(handler));
    }

    /** The job has become ready. */
    void entered(TwinJob job) {
        look(lineOf(job));
    }

    /** A waiting job has ended without having been claimed. */
    void left(TwinJob job) {
        handlers.unpark(job);
        look(lineOf(job));
        freeSlot(job);
    }

    void started(TwinJob job, Instant now) {
        limits.use(lineOf(job), 1, now);
        takeSlot(job);
    }

    /** What a job that was started took of rates comes back. */
    void notStarted(TwinJob job, Instant now) {
        limits.use(lineOf(job), -1, now);
    }

    void freeSlot(TwinJob job) {
        String group = slots.remove(job.asked.id());
        if (group != null) {
            look(group);
        }
    }

    /** Sets a job aside whose handler is paused; the others wait for one that keeps the order. */
    void park(TwinJob job) {
        handlers.park(job);
        if (job.isOrdered()) {
            takeSlot(job);
        }
        look(lineOf(job));
    }

    /** A group has used up its rate. */
    void rest(String group, Instant now) {
        resting.put(group, limits.nextToken(group, now));
        turns.leave(group);
    }

    Set<String> resting() {
        return Set.copyOf(resting.keySet());
    }

    /** The clock has stepped back: when a rest ends is not known any more. */
    void endRests() {
        resting.replaceAll((group, until) -> Instant.EPOCH);
    }

    /** Looks again at groups that rested, and puts jobs of resumed handlers back in line. */
    void sweep(Instant now) {
        List<String> rested = resting.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .sorted(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(sweepLimit)
                .map(Map.Entry::getKey)
                .toList();
        rested.forEach(group -> {
            resting.remove(group);
            look(group);
        });
        handlers.resume(sweepLimit, this::parked).forEach(this::entered);
    }

    /** Of all lines in which jobs wait. */
    Set<String> names() {
        return ready().map(TwinLines::lineOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lines of which the first job may start now, as far as nobody has found that a rate does not allow it. */
    Set<String> startable() {
        return names().stream()
                .filter(line -> !resting.containsKey(line) && mayStart(line))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether something is left for another claim, if the limits of the queue allow it. */
    boolean anyLeft() {
        return handlers.areResuming() || !startable().isEmpty();
    }

    /** When a rate lets something start that it holds now. */
    Optional<Instant> nextToken(boolean paused, Instant now) {
        Optional<Instant> ofQueue = paused || limits.allRun() || !anyLeft() ? Optional.empty() : limits.nextToken(now);
        return Stream.concat(resting.values().stream(), ofQueue.stream()).min(Comparator.naturalOrder());
    }

    /** Jobs that wait and that no limit holds. */
    long waiting(long dueSoon) {
        long apart = ready().filter(job -> !lineOf(job).equals(PLAIN) || handlers.isParked(job))
                .count();
        long groups = startable().stream().filter(line -> !line.equals(PLAIN)).count();
        long ofGroups = Math.min(apart, groups * limits.get().groupConcurrency().orElse(Integer.MAX_VALUE));
        return Math.min(
                line(PLAIN).size() + dueSoon + ofGroups,
                limits.get().concurrency().isPresent() ? Math.max(0, limits.free()) : Long.MAX_VALUE);
    }

    /** Those of a line that wait, first come first. */
    List<TwinJob> line(String line) {
        return sorted(job -> lineOf(job).equals(line) && !handlers.isParked(job));
    }

    List<TwinJob> parked(HandlerName handler) {
        return sorted(
                job -> handlers.isParked(job) && job.asked.spec().handler().equals(handler));
    }

    boolean hasSlot(TwinJob job) {
        return slots.containsKey(job.asked.id());
    }

    /** How many jobs count against the limit of a group. */
    int busy(String group) {
        return (int) slots.values().stream().filter(group::equals).count();
    }

    static String lineOf(TwinJob job) {
        JobGroup group = job.asked.spec().options().group();
        return group == null ? PLAIN : group.id();
    }

    private void takeSlot(TwinJob job) {
        String line = lineOf(job);
        if (!line.equals(PLAIN)) {
            slots.put(job.asked.id(), line);
            look(line);
        }
    }

    /** Something about a line has changed. */
    private void look(String line) {
        if (line.equals(PLAIN)) {
            return;
        }
        if (!mayStart(line)) {
            resting.remove(line);
            turns.leave(line);
        } else if (!resting.containsKey(line)) {
            turns.join(line);
        }
    }

    private boolean mayStart(String line) {
        List<TwinJob> waiting = line(line);
        if (waiting.isEmpty() || line.equals(PLAIN) || hasSlot(waiting.get(0))) {
            return !waiting.isEmpty();
        }
        return waiting.get(0).isOrdered()
                ? busy(line) == 0
                : busy(line) < limits.get().groupConcurrency().orElse(Integer.MAX_VALUE);
    }

    private List<TwinJob> sorted(Predicate<TwinJob> wanted) {
        return ready().filter(wanted)
                .sorted(Comparator.comparing(Place::of, Place.order(JobState.READY)))
                .toList();
    }

    private Stream<TwinJob> ready() {
        return jobs.values().stream().filter(job -> job.state() == JobState.READY);
    }
}
