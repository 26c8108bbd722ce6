package io.mainstay.conformance;

import io.mainstay.machine.Stalls;
import io.mainstay.process.RedisNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Scenarios under way, each with each worker. They run beside one another, in queues of their own, for most of their time is
 * waiting.
 */
final class Suite implements AutoCloseable {

    private static final int AT_A_TIME = 8;
    private static final int ATTEMPTS = 3;

    private final ExecutorService few = Executors.newFixedThreadPool(AT_A_TIME);
    /** For runs that wait for one another, so none of them may wait for a thread. */
    private final ExecutorService many = Executors.newCachedThreadPool();

    private final List<CompletableFuture<Site>> sites = new CopyOnWriteArrayList<>();
    private final RedisNode redis = RedisNode.start().awaitUp();
    private final List<WorkerKind> leftOut;
    private final List<Pair> pairs = new ArrayList<>();

    /** @param run gives the reasons why it was begun anew */
    record Pair(WorkerKind kind, Scenario scenario, Future<List<String>> run) {

        String name() {
            return kind.name() + " " + scenario.name();
        }
    }

    /**
     * @param workers names of those that are to run; empty for all
     * @param scenarios the same
     */
    static Suite start(List<String> workers, List<String> scenarios) throws IOException {
        List<WorkerKind> kinds = WorkerKind.all().stream()
                .filter(kind -> workers.isEmpty() || workers.contains(kind.name()))
                .toList();
        List<Scenario> chosen = Scenario.all().stream()
                .filter(scenario -> scenarios.isEmpty() || scenarios.contains(scenario.name()))
                .toList();
        return new Suite(kinds, chosen);
    }

    private Suite(List<WorkerKind> kinds, List<Scenario> scenarios) {
        leftOut = kinds.stream().filter(kind -> !kind.missing().isEmpty()).toList();
        List<WorkerKind> present =
                kinds.stream().filter(Predicate.not(leftOut::contains)).toList();
        CompletableFuture<Site> shared = site(1);
        for (Scenario scenario : scenarios) {
            List<WorkerKind> able = present.stream().filter(scenario::isFor).toList();
            boolean own = scenario.needsItsOwnService();
            CompletableFuture<Site> site = own ? site(able.size()) : shared;
            able.forEach(kind -> pairs.add(
                    new Pair(kind, scenario, (own ? many : few).submit(() -> attempts(kind, scenario, site)))));
        }
    }

    private CompletableFuture<Site> site(int runs) {
        CompletableFuture<Site> site = CompletableFuture.supplyAsync(() -> new Site(redis.address(), runs), many);
        sites.add(site);
        return site;
    }

    /** Begins a scenario anew while the machine is to blame, as a timed test is. */
    private List<String> attempts(WorkerKind kind, Scenario scenario, CompletableFuture<Site> futureSite) {
        Site site = futureSite.join();
        List<String> reasons = new ArrayList<>();
        for (int attempt = 1; ; attempt++) {
            try (Stalls stalls = new Stalls();
                    ScenarioRun run = new ScenarioRun(kind, scenario, site, attempt)) {
                try {
                    run.run();
                    return reasons;
                } catch (AssertionError | RuntimeException failure) {
                    if (attempt == ATTEMPTS || scenario.needsItsOwnService() || !stalls.excuse()) {
                        site.leave();
                        throw new AssertionError(failure.getMessage() + run.logs(), failure);
                    }
                    reasons.add("the machine stood still for %s; %s %s: %s"
                            .formatted(stalls.soFar(), kind.name(), scenario.name(), failure.getMessage()));
                    System.out.println(reasons.get(reasons.size() - 1) + run.logs());
                }
            }
        }
    }

    List<Pair> pairs() {
        return pairs;
    }

    /** Workers whose programs this machine does not have. */
    List<WorkerKind> leftOut() {
        return leftOut;
    }

    @Override
    public void close() {
        few.shutdownNow();
        many.shutdownNow();
        sites.stream()
                .filter(site -> site.isDone() && !site.isCompletedExceptionally())
                .forEach(site -> site.join().close());
        redis.close();
    }
}
