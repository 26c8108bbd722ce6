package io.mainstay.failover.history;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@link Rule#ATTEMPTS}. An attempt is known by its number, so one that was given back and begun again counts once. One
 * whose request never reached the handler, but failed by the words of the worker, was begun as well.
 */
final class Attempts {

    private Attempts() {}

    static Stream<Violation> check(Story story, Strikes strikes) {
        if (!story.job().has(Planned.Trait.WATCHED) || story.ends().isEmpty()) {
            return Stream.empty();
        }
        End end = story.lastEnd().orElseThrow();
        long killed = strikes.killed(story);
        long undone = strikes.undone(story);
        return Stream.of(
                        notBegun(story, end, killed + strikes.changedOwner(story)),
                        notCounted(story, end, killed + undone + end.returned() + copyCancelled(story, end, strikes)),
                        begunTwice(story, killed + undone + end.returned()))
                .flatMap(violations -> violations);
    }

    /** The store that has its end knows nothing of the attempt that the other one began. */
    private static long copyCancelled(Story story, End end, Strikes strikes) {
        return end.is("cancelled") && strikes.mayHaveCancelledACopy(story) ? 1 : 0;
    }

    private static Stream<Violation> notBegun(Story story, End end, long allowed) {
        Set<Integer> begun = begun(story, end);
        // A request to cancel may come between a claim and the handler.
        int certain = end.is("cancelled") ? end.attempts() - 1 : end.attempts();
        List<Integer> missing = IntStream.rangeClosed(1, certain)
                .filter(attempt -> !begun.contains(attempt))
                .boxed()
                .toList();
        return story.violation(
                Rule.ATTEMPTS,
                missing.size() > allowed,
                "%s after %d attempts, of which no handler saw %s; %d may be"
                        .formatted(end.state(), end.attempts(), missing, allowed));
    }

    private static Stream<Violation> notCounted(Story story, End end, long allowed) {
        long beyond = begun(story, end).stream()
                .filter(attempt -> attempt > end.attempts())
                .count();
        return story.violation(
                Rule.ATTEMPTS,
                beyond > allowed,
                "%d attempts, and handlers saw %s".formatted(end.attempts(), begun(story, end)));
    }

    private static Stream<Violation> begunTwice(Story story, long allowed) {
        Map<Integer, Long> times =
                story.runs().stream().collect(Collectors.groupingBy(Run::attempt, Collectors.counting()));
        return times.entrySet().stream()
                .flatMap(entry -> story.violation(
                        Rule.ATTEMPTS,
                        entry.getValue() > 1 + allowed,
                        "attempt %d was begun %d times".formatted(entry.getKey(), entry.getValue())));
    }

    private static Set<Integer> begun(Story story, End end) {
        Set<Integer> begun = new HashSet<>();
        story.runs().forEach(run -> begun.add(run.attempt()));
        end.failures().stream().filter(End.Failure::ofWorker).forEach(failure -> begun.add(failure.attempt()));
        return begun;
    }
}
