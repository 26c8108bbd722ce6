package io.mainstay.failover.history;

import java.util.List;
import java.util.stream.Stream;

/** Holds a history against every {@link Rule}. */
public final class HistoryChecker {

    /**
     * @param violations of any rule
     * @param acknowledged jobs whose callers were told that they are there
     * @param excused those of them that are not, and may not be: Redis lost the time in which they were made
     */
    public record Verdict(List<Violation> violations, long acknowledged, long excused) {}

    private HistoryChecker() {}

    public static Verdict check(History history) {
        List<Story> stories = history.stories();
        Strikes strikes = new Strikes(history.strikes());
        List<Violation> violations = Stream.concat(
                        stories.stream().flatMap(story -> check(story, strikes)),
                        history.strayRuns()
                                .map(run -> new Violation(
                                        Rule.OWN_ANSWER, run.job(), "was begun, and nobody asked for it")))
                .distinct()
                .toList();
        return new Verdict(
                violations,
                stories.stream()
                        .filter(story -> story.acknowledgement().isPresent())
                        .count(),
                stories.stream().filter(story -> Ends.excused(story, strikes)).count());
    }

    private static Stream<Violation> check(Story story, Strikes strikes) {
        return Stream.of(
                        Ends.check(story, strikes),
                        Deaths.check(story, strikes),
                        Attempts.check(story, strikes),
                        Answers.check(story),
                        Requests.check(story, strikes))
                .flatMap(violations -> violations);
    }
}
