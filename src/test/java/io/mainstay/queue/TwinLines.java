package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.route.Served;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Whether jobs of the group are in line or count as running. */
    boolean has(JobGroup group) {
        return group != null
                && (slots.containsValue(group.id())
                        || jobs.values().stream()
                                .anyMatch(job -> job.state() == JobState.READY
                                        && lineOf(job).equals(group.id())));
    }

    void setLimits(QueueLimits changed) {
        if (!changed.groupRate().equals(limits.get().groupRate())) {
            endRests();
        }
        limits.set(changed);
        new TreeSet<>(slots.values()).forEach(this::look);
    }

    boolean setPaused(HandlerName handler, boolean pause) {
        return handlers.set(handler, pause);
    }

    /** The job has become ready. */
    void entered(TwinJob job) {
        look(lineOf(job));
    }

    /** A waiting job has ended without having been claimed. */
    void left(TwinJob job) {
        look(lineOf(job));
        freeSlot(job);
    }

    /** A waiting job is to wait longer. One that keeps the order of its group keeps its slot, if it has one. */
    void postponed(TwinJob job) {
        look(lineOf(job));
        if (!job.isOrdered()) {
            freeSlot(job);
        }
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

    /** Looks again at groups that rested. */
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
    }

    /** Of all lines in which jobs wait. */
    Set<String> names() {
        return ready().map(TwinLines::lineOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Lines of which a job may start now that is wanted, as far as nobody has found that a rate does not allow it. */
    Set<String> startable(TwinServed wanted) {
        return names().stream()
                .filter(line -> !resting.containsKey(line) && mayStart(line, wanted))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Handlers of which a job may start now. */
    Set<HandlerName> startableHandlers() {
        return names().stream()
                .filter(line -> !resting.containsKey(line))
                .flatMap(line -> starters(line, TwinServed.ALL)
                        .map(job -> job.asked.spec().handler()))
                .collect(Collectors.toSet());
    }

    /** What workers hear of when there is one: handlers of which a job may start, and targets of jobs without a group. */
    Set<String> heard(Set<HandlerName> of) {
        Set<String> heard = of.stream().map(HandlerName::value).collect(Collectors.toCollection(TreeSet::new));
        line(PLAIN).stream()
                .filter(job -> of.contains(job.asked.spec().handler()))
                .forEach(job -> heard.add(job.route()));
        return heard;
    }

    /** Of these, those that are not paused. */
    Set<HandlerName> startableUnlessPaused() {
        Set<HandlerName> startable = startableHandlers();
        startable.removeAll(handlers.paused());
        return startable;
    }

    /** When a rate lets something start that it holds now, of what is served. */
    Optional<Instant> nextToken(boolean paused, TwinServed served, Instant now) {
        Optional<Instant> ofQueue =
                paused || limits.allRun() || startable(served).isEmpty() ? Optional.empty() : limits.nextToken(now);
        return Stream.concat(resting.values().stream(), ofQueue.stream()).min(Comparator.naturalOrder());
    }

    /** Jobs that wait for workers that have these handlers, and that no limit holds. */
    long waiting(long dueSoon, Set<HandlerName> served) {
        TwinServed ours = new TwinServed(Served.of(served), Set.of());
        long apart = ready().filter(job -> !lineOf(job).equals(PLAIN)).count();
        long groups =
                startable(ours).stream().filter(line -> !line.equals(PLAIN)).count();
        long ofGroups = Math.min(apart, groups * limits.get().groupConcurrency().orElse(Integer.MAX_VALUE));
        return Math.min(
                line(PLAIN, ours).size() + dueSoon + ofGroups,
                limits.get().concurrency().isPresent() ? Math.max(0, limits.free()) : Long.MAX_VALUE);
    }

    /** Those of a line that wait, first come first. */
    List<TwinJob> line(String line) {
        return sorted(job -> lineOf(job).equals(line));
    }

    /** Of these, those that are wanted and that none before them in the order of a group keeps from starting. */
    List<TwinJob> line(String line, TwinServed wanted) {
        List<TwinJob> all = line(line);
        boolean inOrder = all.stream().filter(TwinJob::isOrdered).limit(1).anyMatch(wanted::wants);
        return all.stream()
                .filter(job -> job.isOrdered() ? inOrder : wanted.wants(job))
                .toList();
    }

    boolean hasSlot(TwinJob job) {
        return slots.containsKey(job.asked.id());
    }

    /** The jobs that count against the limit of a group. */
    List<TwinJob> slotHolders(String group) {
        return slots.entrySet().stream()
                .filter(slot -> slot.getValue().equals(group))
                .map(slot -> jobs.get(slot.getKey()))
                .filter(Objects::nonNull)
                .toList();
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
        if (!mayStart(line, TwinServed.ALL)) {
            resting.remove(line);
            turns.leave(line);
        } else if (!resting.containsKey(line)) {
            turns.join(line);
        }
    }

    private boolean mayStart(String line, TwinServed wanted) {
        return starters(line, wanted).findAny().isPresent();
    }

    /** Those of a line any of which may start next, but for the rate, if its claimant served it alone. */
    Stream<TwinJob> starters(String line, TwinServed wanted) {
        List<TwinJob> waiting = line(line, wanted);
        int most = limits.get().groupConcurrency().orElse(Integer.MAX_VALUE);
        Stream<TwinJob> unordered =
                waiting.stream().filter(job -> !job.isOrdered() && (line.equals(PLAIN) || busy(line) < most));
        Stream<TwinJob> ordered =
                waiting.stream().filter(TwinJob::isOrdered).limit(1).filter(job -> hasSlot(job) || busy(line) == 0);
        return Stream.concat(unordered, ordered);
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
