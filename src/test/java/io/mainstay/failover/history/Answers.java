package io.mainstay.failover.history;

import java.util.stream.Stream;

/** {@link Rule#OWN_ANSWER}. */
final class Answers {

    private static final String HTTP_STATUS = "http-\\d{3}";

    private Answers() {}

    static Stream<Violation> check(Story story) {
        return Stream.of(toCallers(story), toHandlers(story), inRedis(story), ofHandlers(story))
                .flatMap(violations -> violations);
    }

    private static Stream<Violation> toCallers(Story story) {
        return story.calls().stream()
                .map(call -> call.answer().job())
                .filter(id -> !id.isEmpty() && !id.equals(story.job().id()))
                .flatMap(id -> story.violation(Rule.OWN_ANSWER, true, "its caller was told of " + id));
    }

    private static Stream<Violation> toHandlers(Story story) {
        return story.runs().stream()
                .filter(run -> !run.foreign().isEmpty())
                .flatMap(
                        run -> story.violation(Rule.OWN_ANSWER, true, "its handler got something of " + run.foreign()));
    }

    private static Stream<Violation> inRedis(Story story) {
        return story.ends().stream()
                .filter(end -> !end.foreign().isEmpty())
                .flatMap(end -> story.violation(
                        Rule.OWN_ANSWER, true, "something of %s is in its result or errors".formatted(end.foreign())));
    }

    /** What Redis holds of a handler's answer must be what the handler answered. */
    private static Stream<Violation> ofHandlers(Story story) {
        if (!story.job().has(Planned.Trait.WATCHED)) {
            return Stream.empty();
        }
        return story.lastEnd().stream()
                .flatMap(end -> Stream.concat(
                        story.violation(
                                Rule.OWN_ANSWER,
                                end.is("succeeded")
                                        && runs(story, end.attempts()).noneMatch(run -> run.status() / 100 == 2),
                                "attempt %d succeeded, and its handler did not say so".formatted(end.attempts())),
                        end.failures().stream()
                                .filter(failure -> failure.type().matches(HTTP_STATUS))
                                .filter(failure -> runs(story, failure.attempt())
                                        .noneMatch(run -> failure.type().equals("http-" + run.status())))
                                .flatMap(failure -> story.violation(
                                        Rule.OWN_ANSWER,
                                        true,
                                        "attempt %d failed with %s, and its handler did not answer that"
                                                .formatted(failure.attempt(), failure.type())))));
    }

    private static Stream<Run> runs(Story story, int attempt) {
        return story.runs().stream().filter(run -> run.attempt() == attempt);
    }
}
