package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which order claims take jobs of one line of a queue: by priority, then first come first. But of eight at most one may be, and
 * one is, of a lower priority that has aged, the one that came first. The share is counted for all lines of the queue together, so
 * nothing is said of who gets it while several lines have jobs of several priorities; nor of claims that ended because the answer was
 * full, which may not count. A job that keeps the order of its group comes behind the others, unless it has its slot already and these
 * find none.
 */
final class ClaimOrder {

    private static final int SHARE = 8;

    /** Taken from lines with several priorities; of these, those that came before others. */
    private long mixed;

    private long ahead;
    /** Taken on end from one line, and no other with several priorities, while a job that had aged waited there. */
    private int overtook;

    private String line;

    void check(ClaimTaken taken) {
        Set<String> withSeveral = new TreeSet<>();
        for (String touched : taken.lines()) {
            checkLine(taken, touched);
            // Those count, too, whose target had room when it chose.
            if (hasSeveral(taken.before().line(touched))) {
                withSeveral.add(touched);
                mixed += taken.inLine(touched).size();
                ahead += taken.ahead(touched).size();
            }
        }
        assertThat(ahead * SHARE)
                .as("%d times the jobs that came before others of %d", SHARE, mixed)
                .isLessThanOrEqualTo(mixed);
        checkAged(taken, withSeveral);
    }

    private static void checkLine(ClaimTaken taken, String line) {
        List<TwinJob> ahead = taken.ahead(line);
        assertThat(ahead).as("out of order in line %s", line).allMatch(job -> !job.isOrdered() && taken.hasAged(job));
        for (TwinJob job : ahead) {
            assertThat(taken.agedHeads(line))
                    .as("came before %s, as they should have", job)
                    .noneMatch(other -> other.arrival < job.arrival);
        }
    }

    private void checkAged(ClaimTaken taken, Set<String> withSeveral) {
        if (withSeveral.isEmpty()) {
            return;
        }
        String only = withSeveral.size() == 1 ? withSeveral.iterator().next() : null;
        // Of those that it took without starting them, nobody knows which came first.
        boolean passedOver = only != null
                && !taken.isCutShort()
                && !taken.passedAnyOf(only)
                && taken.ahead(only).isEmpty()
                && !taken.agedHeads(only).isEmpty();
        overtook = !passedOver
                ? 0
                : only.equals(line)
                        ? overtook + taken.inLine(only).size()
                        : taken.inLine(only).size();
        line = only;
        assertThat(overtook)
                .as("taken of line %s on end while jobs of lower priorities that have aged waited", line)
                .isLessThan(SHARE);
    }

    private static boolean hasSeveral(List<TwinJob> line) {
        return line.stream().mapToInt(TwinJob::tier).distinct().count() > 1;
    }
}
