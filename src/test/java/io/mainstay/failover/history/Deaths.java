package io.mainstay.failover.history;

import java.util.List;
import java.util.stream.Stream;

/** {@link Rule#REASON_TO_DIE}. */
final class Deaths {

    private Deaths() {}

    static Stream<Violation> check(Story story, Strikes strikes) {
        return story.ends().stream().flatMap(end -> {
            if (end.is("cancelled")) {
                return story.violation(
                        Rule.REASON_TO_DIE,
                        !story.job().has(Planned.Trait.CANCELLED),
                        "cancelled, and nobody asked for it");
            }
            return end.is("dead")
                    ? story.violation(Rule.REASON_TO_DIE, !reasoned(story, end, strikes), how(end))
                    : Stream.empty();
        });
    }

    /** Each instance that was killed may have taken one attempt with it, the last one too. */
    private static boolean reasoned(Story story, End end, Strikes strikes) {
        Planned job = story.job();
        List<End.Failure> failures = end.failures();
        if (failures.isEmpty()) {
            return false;
        }
        End.Failure last = failures.get(failures.size() - 1);
        return switch (last.type()) {
            case "expired" -> job.has(Planned.Trait.EXPIRES);
            case "deadline" -> job.has(Planned.Trait.DEADLINE);
            case "lease-expired" -> silent(story, end, strikes) <= strikes.killed(story);
            default -> last.ofHandler();
        };
    }

    /** Attempts that nobody reported on, but for those whose report Redis may have lost, or got too late, after the handler was done. */
    private static long silent(Story story, End end, Strikes strikes) {
        return end.failures().stream()
                .filter(End.Failure::ofSilence)
                .filter(failure -> story.runs().stream()
                        .noneMatch(run -> run.attempt() == failure.attempt()
                                && (strikes.mayHaveForgotten(run.end(), end.seen())
                                        || strikes.mayHaveHeldUp(run.end()))))
                .count();
    }

    private static String how(End end) {
        return "dead after %d attempts, of %s"
                .formatted(
                        end.attempts(),
                        end.failures().isEmpty()
                                ? "nothing"
                                : end.failures().stream()
                                        .map(failure -> failure.attempt() + ":" + failure.type())
                                        .toList());
    }
}
