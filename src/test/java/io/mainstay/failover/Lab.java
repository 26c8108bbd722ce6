package io.mainstay.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;

/** Runs scenarios one after the other. Scenarios of one kind of site share it, until it does not recover. */
final class Lab implements AutoCloseable {

    /** For what is on the way to a fault, and no promise. */
    static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);
    private static final int WARM_JOBS = 20;
    private static final int MOST_TOLD = 10;

    private SiteKind<?> kind;
    private Site site;
    private int trials;

    /** @throws RuntimeException if the site does not even work before the fault */
    <S extends Site> Measurement run(Scenario<S> scenario) {
        S place = siteFor(scenario.where());
        try {
            Measurement measured = measure(scenario, place);
            if (measured.resume() == null || measured.stuck() > 0) {
                leave();
            }
            return measured;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            leave();
            throw e;
        }
    }

    private <S extends Site> Measurement measure(Scenario<S> scenario, S place) throws InterruptedException {
        place.settle();
        Trial<S> trial = new Trial<>(place, "lab-" + ++trials);
        StoredJobs jobs = new StoredJobs(() -> place.primaryOf(trial.queue()), trial.queue());
        Site.Workers workers = place.workers(trial.queue());
        try (Traffic traffic = new Traffic(place.front(), trial.queue(), scenario.perSecond(), "")) {
            Awaitility.await("jobs flow before the fault")
                    .atMost(LONG_ENOUGH)
                    .pollInterval(GLANCE)
                    .until(() -> jobs.count("succeeded") >= Math.min(WARM_JOBS, scenario.perSecond()));
            Set<String> subscribers = place.subscribers();
            Instant answerable = scenario.fault().strike(trial);
            Recovery recovery = awaitRecovery(scenario, place, jobs, subscribers, answerable);
            trial.last(AFTERWARDS);
            return sumUp(trial, jobs, recovery, traffic.end());
        } finally {
            workers.close();
        }
    }

    private record Recovery(Double resume, Double subscription) {}

    private static Recovery awaitRecovery(
            Scenario<?> scenario, Site site, StoredJobs jobs, Set<String> subscribersBefore, Instant answerable)
            throws InterruptedException {
        Double resume = null;
        Double subscription = null;
        boolean wanted = scenario.limits().subscription() != null;
        // From now on: some faults strike first and return long afterwards.
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end) && (resume == null || wanted && subscription == null)) {
            if (resume == null) {
                Optional<Instant> done = jobs.firstDoneFrom(answerable);
                resume = done.map(time -> seconds(Duration.between(answerable, time)))
                        .orElse(null);
            }
            if (wanted && subscription == null && !subscribersBefore.containsAll(site.subscribers())) {
                subscription = seconds(Duration.between(answerable, Instant.now()));
            }
            Thread.sleep(GLANCE.toMillis());
        }
        return new Recovery(resume, subscription);
    }

    private static Measurement sumUp(Trial<?> trial, StoredJobs jobs, Recovery recovery, List<Answer> answers)
            throws InterruptedException {
        List<String> acknowledged =
                answers.stream().filter(Answer::acknowledged).map(Answer::id).toList();
        List<String> left = jobs.notEnded(acknowledged);
        for (Instant end = Instant.now().plus(PATIENCE);
                !left.stream().allMatch(StoredJobs::isGone) && Instant.now().isBefore(end); ) {
            Thread.sleep(GLANCE.toMillis());
            left = jobs.notEnded(acknowledged);
        }
        if (!left.isEmpty()) {
            tellOf(left, trial.site());
        }
        return new Measurement(
                recovery.resume,
                recovery.subscription,
                answers.stream()
                        .mapToDouble(answer -> seconds(answer.took()))
                        .max()
                        .orElse(0),
                1 - (double) acknowledged.size() / answers.size(),
                seconds(jobs.longestWait()),
                acknowledged.size(),
                left.stream().filter(StoredJobs::isGone).count(),
                left.stream().filter(job -> !StoredJobs.isGone(job)).count(),
                counted(trial) - jobs.count("succeeded"),
                jobs.runAgain(),
                trial.complaints());
    }

    /** What is needed to find out why, and is gone with the site. */
    private static void tellOf(List<String> left, Site site) {
        System.out.printf("not ended: %s%n", left.subList(0, Math.min(left.size(), MOST_TOLD)));
        site.nodes()
                .forEach(node -> System.out.printf(
                        "%s: %s%n", node.address(), node.call("ROLE").replace("\n", " ")));
    }

    private static long counted(Trial<?> trial) {
        String series = "mainstay_jobs_finished_total{outcome=\"succeeded\",queue=\"" + trial.queue() + "\"";
        return trial.site().services().stream()
                .flatMap(service -> service.get("/q/metrics").lines())
                .filter(line -> line.startsWith(series))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ')))))
                .sum();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private <S extends Site> S siteFor(SiteKind<S> wanted) {
        if (site != null && !wanted.equals(kind)) {
            leave();
        }
        if (site == null) {
            kind = wanted;
            site = wanted.build().get();
        }
        @SuppressWarnings("unchecked") // The site was built by an equal kind.
        S place = (S) site;
        return place;
    }

    private void leave() {
        if (site != null) {
            site.close();
            site = null;
        }
    }

    @Override
    public void close() {
        leave();
    }
}
