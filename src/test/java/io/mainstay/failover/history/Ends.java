package io.mainstay.failover.history;

import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@link Rule#ONE_END}. */
final class Ends {

    private static final Set<String> END_STATES = Set.of("succeeded", "dead", "cancelled");

    private Ends() {}

    static Stream<Violation> check(Story story, Strikes strikes) {
        return Stream.of(
                        missing(story, strikes),
                        several(story, strikes),
                        begunAfterwards(story, strikes),
                        otherThanTold(story, strikes))
                .flatMap(violations -> violations);
    }

    /** An acknowledged job that is not there, and may not be: Redis lost the time in which it was made. */
    static boolean excused(Story story, Strikes strikes) {
        return story.ends().isEmpty()
                && story.left().isEmpty()
                && story.acknowledgement().filter(strikes::mayHaveForgotten).isPresent();
    }

    private static Stream<Violation> missing(Story story, Strikes strikes) {
        boolean missing = story.acknowledgement().isPresent() && story.ends().isEmpty() && !excused(story, strikes);
        return story.violation(
                Rule.ONE_END,
                missing,
                story.left().isEmpty() ? "acknowledged, and not there" : "acknowledged, and still " + story.left());
    }

    private static Stream<Violation> several(Story story, Strikes strikes) {
        return IntStream.range(1, story.ends().size()).boxed().flatMap(i -> {
            End before = story.ends().get(i - 1);
            End after = story.ends().get(i);
            boolean changed = !before.sameAs(after)
                    && !strikes.mayHaveForgotten(before.seen(), after.seen())
                    && !copyCancelled(story, before, strikes)
                    && !copyCancelled(story, after, strikes);
            return story.violation(
                    Rule.ONE_END,
                    changed,
                    "ended as %s at %d, and again as %s at %d"
                            .formatted(before.state(), before.finishedAt(), after.state(), after.finishedAt()));
        });
    }

    private static Stream<Violation> begunAfterwards(Story story, Strikes strikes) {
        Optional<End> first = story.ends().stream().findFirst();
        return first.stream().flatMap(end -> story.runs().stream()
                .filter(run -> run.begin().isAfter(end.seen()))
                .filter(run -> !underWay(run, end))
                .filter(run -> !copyCancelled(story, end, strikes))
                .filter(run -> !strikes.mayHaveForgotten(end.seen(), run.begin()))
                .flatMap(run -> story.violation(
                        Rule.ONE_END, true, "attempt %d begun after it was %s".formatted(run.attempt(), end.state()))));
    }

    /** A cancelled job may have been claimed before, and its worker learns of it when it has begun. */
    private static boolean underWay(Run run, End end) {
        return end.is("cancelled") && run.attempt() <= end.attempts();
    }

    private static boolean copyCancelled(Story story, End end, Strikes strikes) {
        return end.is("cancelled") && strikes.mayHaveCancelledACopy(story);
    }

    private static Stream<Violation> otherThanTold(Story story, Strikes strikes) {
        return story.lastEnd().stream().flatMap(end -> story.calls().stream()
                .filter(call -> END_STATES.contains(call.answer().state()))
                .filter(call -> !end.is(call.answer().state()))
                .filter(call -> !strikes.mayHaveForgotten(call.until(), end.seen()))
                .filter(call -> !call.answer().state().equals("cancelled") || !strikes.mayHaveCancelledACopy(story))
                .flatMap(call -> story.violation(
                        Rule.ONE_END,
                        true,
                        "a caller heard %s, Redis has %s"
                                .formatted(call.answer().state(), end.state()))));
    }
}
