package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What every claim keeps to, whichever jobs it takes. Says nothing of how it does so. */
final class ClaimRules {

    private final TwinLines lines;
    private final int sweepLimit;
    private final ClaimOrder order = new ClaimOrder();
    private final ClaimFairness fairness;

    ClaimRules(TwinLines lines, TwinTurns turns, int sweepLimit) {
        this.lines = lines;
        this.sweepLimit = sweepLimit;
        this.fairness = new ClaimFairness(turns);
    }

    /** Before the twin does the same: whether all jobs are there to be taken. */
    void checkChoice(ClaimBefore before, List<TwinJob> leased, List<TwinJob> late, TwinServed wanted) {
        assertThat(leased).as("leased").doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(before.room());
        assertThat(leased).as("leased").allSatisfy(job -> {
            assertThat(wanted.serves(job)).as("%s is served", job).isTrue();
            assertThat(before.waits(job)).as("%s waits in a line", job).isTrue();
            assertThat(job.isTooLate(before.now())).as("%s is too late", job).isFalse();
        });
        assertThat(late).as("ended as too late").allMatch(before::waits).allMatch(job -> job.isTooLate(before.now()));
        leased.stream()
                .filter(job -> job.target() != null)
                .collect(Collectors.groupingBy(TwinJob::target))
                .values()
                .forEach(of -> assertThat(of).as("of one target").hasSizeLessThanOrEqualTo(wanted.room(of.get(0))));
        if (before.room() == 0) {
            assertThat(List.of(late)).as("taken without room for any").allMatch(List::isEmpty);
        }
    }

    /**
     * After the twin did the same.
     *
     * @param rested groups that rest since
     */
    void check(ClaimTaken taken, ClaimRequest request, Set<String> rested) {
        for (String line : taken.lines()) {
            if (!line.equals(TwinLines.PLAIN)) {
                checkGroup(taken, line);
            }
        }
        assertThat(rested)
                .as("groups that rest, and have a token")
                .allMatch(group -> lines.limits().tokens(group, taken.before().now()) < 1
                        && taken.before().room() > 0);
        order.check(taken);
        fairness.check(taken);
        checkSize(taken, request);
        int lookedPast = taken.passed().size() + rested.size();
        // It may have come to the last of them together, as many as it could start.
        assertThat(lookedPast)
                .as("looked past")
                .isLessThan(sweepLimit + Math.max(1, taken.before().room()));
        if (taken.leased().size() == taken.before().room()) {
            return;
        }
        if (lookedPast + taken.unwanted().size() < sweepLimit) {
            checkThatNothingIsLeft(taken, request);
        } else {
            // It may have come to its bound in looking past these, and then they have had their turn.
            fairness.passedOver(taken.unwanted());
        }
    }

    private void checkGroup(ClaimTaken taken, String group) {
        List<TwinJob> started = taken.leased().stream()
                .filter(job -> TwinLines.lineOf(job).equals(group))
                .toList();
        assertThat(started)
                .as("started of group %s, which has so many tokens", group)
                .hasSizeLessThanOrEqualTo(taken.before().rooms().get(group).tokens());
        int busy = lines.busy(group);
        if (started.stream().anyMatch(job -> !job.isOrdered())) {
            assertThat(busy)
                    .as("running of group %s", group)
                    .isLessThanOrEqualTo(lines.limits().get().groupConcurrency().orElse(Integer.MAX_VALUE));
        }
        if (taken.of(group).stream()
                .anyMatch(job ->
                        lines.hasSlot(job) && job.isOrdered() && !taken.before().hasSlot(job))) {
            assertThat(busy)
                    .as("running of group %s beside one that keeps the order", group)
                    .isEqualTo(1);
        }
    }

    private static void checkSize(ClaimTaken taken, ClaimRequest request) {
        if (taken.leased().size() > 1) {
            assertThat(bytes(taken)).as("bytes").isLessThanOrEqualTo(request.bytes());
        }
    }

    /** But what is too much for the answer. */
    private void checkThatNothingIsLeft(ClaimTaken taken, ClaimRequest request) {
        long bytes = bytes(taken);
        boolean tooMuch = !taken.leased().isEmpty()
                && taken.left().stream()
                        .flatMap(line -> lines.line(line).stream())
                        .anyMatch(job -> bytes + job.payloadBytes() > request.bytes());
        if (!tooMuch) {
            assertThat(taken.left()).as("lines that could have started more").isEmpty();
        }
    }

    private static long bytes(ClaimTaken taken) {
        return taken.leased().stream().mapToLong(TwinJob::payloadBytes).sum();
    }
}
