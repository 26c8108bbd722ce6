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
                    ? story.violation(Rule.REASON_TO_DIE, !reasoned(story.job(), end, strikes.killed(story)), how(end))
                    : Stream.empty();
        });
    }

    /** @param killed instances, each of which may have taken one attempt with it, the last one too */
    private static boolean reasoned(Planned job, End end, long killed) {
        List<End.Failure> failures = end.failures();
        if (failures.isEmpty()) {
            return false;
        }
        End.Failure last = failures.get(failures.size() - 1);
        return switch (last.type()) {
            case "expired" -> job.has(Planned.Trait.EXPIRES);
            case "deadline" -> job.has(Planned.Trait.DEADLINE);
            case "lease-expired" -> silent(failures) <= killed;
            default -> last.ofHandler();
        };
    }

    private static long silent(List<End.Failure> failures) {
        return failures.stream().filter(failure -> !failure.ofWorker()).count();
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
