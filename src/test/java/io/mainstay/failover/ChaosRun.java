package io.mainstay.failover;

import io.mainstay.failover.history.Call;
import io.mainstay.failover.history.End;
import io.mainstay.failover.history.History;
import io.mainstay.failover.history.Planned;
import io.mainstay.failover.history.Strike;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A site under mixed traffic, and all that is seen of it. One thread strikes and looks; the traffic has its own. */
class ChaosRun implements AutoCloseable {

    static final String QUEUE = "chaos";

    private static final Duration KEPT = Duration.ofSeconds(20);
    private static final int PER_SECOND = 50;
    private static final Duration GLANCE = Duration.ofMillis(100);

    private final ChaosSite home;
    private final List<Place> places;
    private final Harvest harvest;
    private final List<Strike> strikes = new ArrayList<>();
    private final MixedTraffic traffic;
    private int queues;
    private Runnable afterwards = () -> {};

    ChaosRun(long seed) {
        this(new ChaosSite(Map.of()), seed);
    }

    private ChaosRun(ChaosSite home, long seed) {
        this(
                home,
                List.of(Place.first(home::primary)),
                KEPT,
                new JobMix(seed, home.target().address()));
    }

    /**
     * @param home whose instances there are
     * @param places which have all jobs
     * @param kept how long ended jobs are left there
     */
    ChaosRun(ChaosSite home, List<Place> places, Duration kept, JobMix mix) {
        this.home = home;
        this.places = places;
        harvest = new Harvest(places, kept, QUEUE);
        traffic = new MixedTraffic(home.services(), QUEUE, PER_SECOND, mix);
    }

    /** Which has the instances, and what their jobs call. */
    final ChaosSite home() {
        return home;
    }

    /** Whose Redis is struck. */
    ChaosSite site() {
        return home;
    }

    /** A fault of that kind comes next. */
    void prepare(String kind) throws InterruptedException {}

    /**
     * Looks at how the fault was borne, besides the jobs.
     *
     * @return what is wrong; empty if nothing is
     */
    Optional<String> heal() throws InterruptedException {
        return Optional.empty();
    }

    MixedTraffic traffic() {
        return traffic;
    }

    Trial<OneAddress> trial() {
        return new Trial<>(site(), QUEUE);
    }

    /** Notes down what a fault took. */
    void note(Strike strike) {
        strikes.add(strike);
        if (strike instanceof Strike.Lost) {
            harvest.lookAgain();
        }
    }

    /** Has all ends that are still there compared with those that were seen. */
    final void readAgain() {
        harvest.readAgain();
    }

    /** Leaves something to be done when it was seen how the fault is borne. */
    void afterwards(Runnable repair) {
        afterwards = repair;
    }

    /** Does it. */
    void repair() {
        Runnable repair = afterwards;
        afterwards = () -> {};
        repair.run();
    }

    /** A queue that nobody used yet. */
    String newQueue() {
        String queue = QUEUE + "-" + ++queues;
        harvest.add(queue);
        return queue;
    }

    /**
     * Waits for the end of a job that was sent at or after a time.
     *
     * @return how long after that time it was seen; empty if it took longer than patience lasts
     */
    Optional<Duration> awaitFlow(Instant since, Duration patience) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        do {
            harvest.sweep();
            Set<String> sentSince = traffic.planned().stream()
                    .filter(job -> job.queue().equals(QUEUE) && !job.sent().isBefore(since))
                    .map(Planned::id)
                    .collect(Collectors.toSet());
            Optional<Instant> first = harvest.ends().stream()
                    .filter(job -> sentSince.contains(job.job()))
                    .map(End::seen)
                    .min(Instant::compareTo);
            if (first.isPresent()) {
                return first.map(seen -> Duration.between(since, seen));
            }
            Thread.sleep(GLANCE.toMillis());
        } while (Instant.now().isBefore(end));
        return Optional.empty();
    }

    /**
     * Ends the traffic, waits for the ends of all jobs that are there, and tells everything.
     *
     * @param complain hears of what is wrong besides
     */
    History end(Duration patience, Consumer<String> complain) throws InterruptedException {
        traffic.end();
        Instant end = Instant.now().plus(patience);
        Map<String, String> left;
        do {
            Thread.sleep(GLANCE.toMillis());
            harvest.sweep();
            left = left();
        } while (!left.isEmpty() && Instant.now().isBefore(end));
        heal().ifPresent(complain);
        harvest.lookAgain();
        harvest.sweep();
        List<String> disagreements = harvest.disagreements();
        if (!disagreements.isEmpty()) {
            complain.accept("%d jobs ended in two ways, the first one as %s"
                    .formatted(disagreements.size(), disagreements.get(0)));
        }
        return new History(traffic.planned(), traffic.calls(), home.target().runs(), harvest.ends(), left, strikes);
    }

    /** States of acknowledged jobs that are there and have not ended. */
    private Map<String, String> left() {
        Set<String> ended = harvest.ends().stream().map(End::job).collect(Collectors.toSet());
        Set<String> acknowledged = traffic.calls().stream()
                .filter(Call::acknowledgesJob)
                .map(Call::job)
                .collect(Collectors.toSet());
        Map<String, List<String>> byQueue = traffic.planned().stream()
                .filter(job -> acknowledged.contains(job.id()) && !ended.contains(job.id()))
                .collect(Collectors.groupingBy(Planned::queue, Collectors.mapping(Planned::id, Collectors.toList())));
        Map<String, String> left = new HashMap<>();
        byQueue.forEach((queue, ids) -> places.forEach(place -> place.jobs(queue).notEnded(ids).stream()
                .filter(job -> !StoredJobs.isGone(job))
                .forEach(job -> left.put(job.substring(0, job.indexOf('=')), job.substring(job.indexOf('=') + 1)))));
        return left;
    }

    @Override
    public void close() {
        traffic.close();
        home.close();
    }
}
