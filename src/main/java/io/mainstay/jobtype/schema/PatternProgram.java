package io.mainstay.jobtype.schema;

import io.mainstay.jobtype.schema.PatternPart.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern as a program, all of whose ways through it are followed at the same time (K. Thompson, 1968; R. Cox,
 * "Regular Expression Matching: the Virtual Machine Approach", 2009): each character of a text costs at most the length of
 * the program, whatever the pattern is. Java's own engine goes back and tries again, which a few characters can make take
 * forever. Thread-safe.
 */
final class PatternProgram {

    /** Longest program: {@code .{1000}} has 1,000 steps. */
    static final int LONGEST = 5_000;

    private static final int MOST_COMPILED = 10 * LONGEST;

    /** One step of it: what to do, and where to continue. */
    sealed interface Step {}

    record Take(IntPredicate characters) implements Step {}

    record Look(Place place) implements Step {}

    /** Two ways to continue; the same, if there is one. */
    record Fork(int first, int second) implements Step {}

    record Done() implements Step {}

    private final List<Step> steps = new ArrayList<>();
    private int compiled;

    /** @throws IllegalPatternException if it cannot be read, or would be too long */
    static PatternProgram of(String pattern) {
        PatternProgram program = new PatternProgram();
        program.compile(new PatternReader(pattern).read());
        program.add(new Done());
        return program;
    }

    /** Whether it takes texts from their start only. */
    boolean anchored() {
        return steps.get(0) instanceof Look look && look.place() == Place.START;
    }

    int length() {
        return steps.size();
    }

    Step step(int at) {
        return steps.get(at);
    }

    /** Whether some part of the text is as the pattern says. */
    boolean finds(String text, Run run) {
        return run.threadsOf(this).find(text, run);
    }

    private void compile(PatternPart part) {
        if (++compiled > MOST_COMPILED) {
            // Of nothing, many times over: that makes no step.
            throw tooLong();
        }
        if (part instanceof PatternPart.One one) {
            add(new Take(one.characters()));
        } else if (part instanceof PatternPart.At at) {
            add(new Look(at.place()));
        } else if (part instanceof PatternPart.Sequence sequence) {
            sequence.parts().forEach(this::compile);
        } else if (part instanceof PatternPart.Choice choice) {
            compile(choice.parts());
        } else if (part instanceof PatternPart.Repeated repeated) {
            compile(repeated);
        }
    }

    private void compile(List<PatternPart> choices) {
        List<Integer> ends = new ArrayList<>();
        for (PatternPart choice : choices.subList(0, choices.size() - 1)) {
            int fork = add(null);
            compile(choice);
            ends.add(add(null));
            steps.set(fork, new Fork(fork + 1, steps.size()));
        }
        compile(choices.get(choices.size() - 1));
        ends.forEach(end -> steps.set(end, new Fork(steps.size(), steps.size())));
    }

    private void compile(PatternPart.Repeated repeated) {
        for (int i = 0; i < repeated.least(); i++) {
            compile(repeated.part());
        }
        if (repeated.most() == PatternPart.UNLIMITED) {
            int fork = add(null);
            compile(repeated.part());
            add(new Fork(fork, fork));
            steps.set(fork, new Fork(fork + 1, steps.size()));
            return;
        }
        List<Integer> forks = new ArrayList<>();
        for (int i = repeated.least(); i < repeated.most(); i++) {
            forks.add(add(null));
            compile(repeated.part());
        }
        forks.forEach(fork -> steps.set(fork, new Fork(fork + 1, steps.size())));
    }

    private int add(Step step) {
        if (steps.size() >= LONGEST) {
            throw tooLong();
        }
        steps.add(step);
        return steps.size() - 1;
    }

    private static IllegalPatternException tooLong() {
        return new IllegalPatternException("has more than %d steps, its repetitions written out".formatted(LONGEST));
    }
}
