package io.mainstay.failover.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was seen of one job.
 *
 * @param ends in the order in which they were seen
 * @param left its state in Redis when the run was over and it had not ended, empty if it is not there
 */
record Story(Planned job, List<Call> calls, List<Run> runs, List<End> ends, String left) {

    Story {
        calls = List.copyOf(calls);
        runs = List.copyOf(runs);
        ends = ends.stream().sorted(Comparator.comparing(End::seen)).toList();
    }

    Instant begin() {
        return job.sent();
    }

    /** When it was last seen to be over; never, if it was not. */
    Instant end() {
        return lastEnd().map(End::seen).orElse(Instant.MAX);
    }

    Optional<End> lastEnd() {
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(ends.size() - 1));
    }

    Optional<Call> acknowledgement() {
        return calls.stream().filter(Call::acknowledgesJob).findFirst();
    }

    Stream<Violation> violation(Rule rule, boolean violated, String what) {
        return violated ? Stream.of(new Violation(rule, job.id(), what)) : Stream.empty();
    }
}
