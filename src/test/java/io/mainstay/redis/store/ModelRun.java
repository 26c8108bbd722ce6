package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.ClaimSeen;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.queue.TwinUnderTest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Puts the same random operations to a store and its twin, and stops at the first answer that differs. Which jobs a claim takes is
 * the store's choice: the twin takes the same, if that keeps to its rules. The clocks of both move on between any two operations,
 * so that what happened earlier on one happened earlier on the other.
 */
final class ModelRun {

    private static final int SHOWN_ON_MISMATCH = 20;
    private static final int SURVEY_EVERY = 20;
    private static final int CHECK_EVERY = 10;
    /** Words in answers that tell what a run has met. */
    private static final Pattern TELLING = Pattern.compile(
            "Created|Existing|Deleted|forgotten ids|unique key|wait in queue|KeyTaken|(?<!-)expired|replaced|Applied|NotAllowed|NotFound|Refused"
                    + "|SUCCEEDED|SCHEDULED|READY|DEAD|lease-expired|not-received|returned:[12]|more:\\w+|unwanted:true|next:\\w+|and (no )?more|none|NOT_DUE|IN_LINE|HANDLER_PAUSED|GROUP_CONCURRENCY|GROUP_RATE|GROUP_ORDER|(?<!GROUP_)CONCURRENCY|(?<!GROUP_)RATE|WAITING_FOR_PARENTS|RUNNING|ENDED|pruned [01]|deadline|DEADLINE_PASSED|SNOOZED|snoozes:[12]|snoozed-too-often|noted [01]|line \\d|progress:\\d|lost \\[.|cancelled=true|(CANCEL|REQUEUE|DELETE) (some|none)|made|moved|left|over|open|WAIT|RUN|CANCEL|#\\d|resultLeftOut=true|stepped \\w+|notices \\w+|flow-ended");

    private static final Duration STEP = OperationSource.MOMENT.plusMillis(1);
    /** After so many operations the clocks step, back and forward by turns. */
    private static final int CLOCK_STEPS_EVERY = 1500;
    /** Longer than a run takes between two of them, and no part of an hour, so that the two sides need not be equally fast. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(601);

    private final ModelSide oracle;
    private final ModelSide tested;
    private final long seed;
    private final OperationSource source;
    private final Deque<String> latest = new ArrayDeque<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private int operations;
    private Supplier<List<String>> lacking = List::of;

    ModelRun(TwinUnderTest twin, StoreUnderTest tested, long seed) {
        Queue<ClaimSeen> claims = new ArrayDeque<>();
        this.oracle = ModelSide.oracle(twin, claims);
        this.tested = ModelSide.tested(tested, claims);
        this.seed = seed;
        this.source = new OperationSource(new Random(seed));
    }

    /** @param lacks what the tested store should know to be due and does not */
    ModelRun checking(Supplier<List<String>> lacks) {
        lacking = lacks;
        return this;
    }

    /** @return how often each operation met which kind of answer */
    Map<String, Integer> run(int steps) {
        for (int number = 1; number <= steps; number++) {
            int step = number;
            if (++operations % CLOCK_STEPS_EVERY == 0) {
                boolean back = operations / CLOCK_STEPS_EVERY % 2 == 1;
                compare(step, new Operation.StepClock(back ? CLOCK_STEP.negated() : CLOCK_STEP));
                source.clockStepped();
            }
            Operation operation = source.next();
            compare(step, operation);
            if (operation instanceof Operation.Claim claim) {
                source.leased(claim.request().queue(), oracle.leased());
            }
            if (step % CHECK_EVERY == 0) {
                assertThat(lacking.get())
                        .as(() -> "due and not known so, " + report(step))
                        .isEmpty();
            }
            if (step % SURVEY_EVERY == 0 || step == steps) {
                compare(step, new Operation.Survey(OperationSource.QUEUES));
            }
        }
        return seen;
    }

    private void compare(int step, Operation operation) {
        oracle.store().letPass(STEP);
        tested.store().letPass(STEP);
        String found = operation.on(tested);
        latest.add("%5d %s%n      %s".formatted(step, operation, found));
        if (latest.size() > SHOWN_ON_MISMATCH) {
            latest.remove();
        }
        String expected = expected(step, operation);
        note(operation, expected);
        assertThat(found).as(() -> report(step)).isEqualTo(expected);
    }

    private String expected(int step, Operation operation) {
        try {
            return operation.on(oracle);
        } catch (AssertionError broken) {
            throw new AssertionError(report(step) + broken.getMessage(), broken);
        }
    }

    private String report(int step) {
        return "the answer of step %d of the run with seed %d, after%n%s%n"
                .formatted(step, seed, String.join(System.lineSeparator(), latest));
    }

    private void note(Operation operation, String answer) {
        String name = operation.getClass().getSimpleName();
        TELLING.matcher(answer)
                .results()
                .map(MatchResult::group)
                .distinct()
                .forEach(word -> seen.merge(name + " " + word, 1, Integer::sum));
    }
}
