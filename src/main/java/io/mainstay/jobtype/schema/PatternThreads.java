package io.mainstay.jobtype.schema;

/** The ways through a pattern that are followed at the same time. For one thread; used for one text after the other. */
final class PatternThreads {

    /** Steps of a pattern are cheaper than those of other keywords. */
    private static final int STEPS_A_STEP = 4;

    private final PatternProgram program;
    /** Steps that wait for the next character. */
    private int[] now;

    private int[] next;
    private int nowSize;
    private int nextSize;
    /** By step, the place where it was reached last: once for each place is enough. */
    private final long[] reachedAt;

    private final int[] open;
    /** Counts places, of all texts. */
    private long place;

    private int spent;
    private boolean found;

    PatternThreads(PatternProgram program) {
        this.program = program;
        now = new int[program.length()];
        next = new int[program.length()];
        reachedAt = new long[program.length()];
        // A fork leaves two.
        open = new int[2 * program.length() + 2];
    }

    boolean find(String text, Run run) {
        found = false;
        nowSize = 0;
        run.spend(1);
        place++;
        int at = 0;
        while (true) {
            // It may begin anywhere, unless it says that it begins at the start.
            if (at == 0 || !program.anchored()) {
                follow(0, text, at, false);
            }
            if (found || at == text.length() || nowSize == 0 && program.anchored()) {
                return found;
            }
            int character = text.codePointAt(at);
            int after = at + Character.charCount(character);
            place++;
            nextSize = 0;
            int waiting = nowSize;
            for (int i = 0; i < waiting && !found; i++) {
                spent++;
                if (((PatternProgram.Take) program.step(now[i])).characters().test(character)) {
                    follow(now[i] + 1, text, after, true);
                }
            }
            swap();
            at = after;
            pay(run);
        }
    }

    private void pay(Run run) {
        if (spent >= STEPS_A_STEP) {
            run.spend(spent / STEPS_A_STEP);
            spent %= STEPS_A_STEP;
        }
    }

    private void swap() {
        int[] before = now;
        now = next;
        next = before;
        nowSize = nextSize;
    }

    /** Goes on from a step to all that can be reached without a character. */
    private void follow(int step, String text, int at, boolean later) {
        int size = 0;
        open[size++] = step;
        while (size > 0) {
            int current = open[--size];
            if (reachedAt[current] == place) {
                continue;
            }
            reachedAt[current] = place;
            spent++;
            PatternProgram.Step what = program.step(current);
            if (what instanceof PatternProgram.Fork fork) {
                open[size++] = fork.second();
                open[size++] = fork.first();
            } else if (what instanceof PatternProgram.Look look) {
                if (holds(look.place(), text, at)) {
                    open[size++] = current + 1;
                }
            } else if (what instanceof PatternProgram.Done) {
                found = true;
            } else if (later) {
                next[nextSize++] = current;
            } else {
                now[nowSize++] = current;
            }
        }
    }

    private static boolean holds(PatternPart.Place place, String text, int at) {
        return switch (place) {
            case START -> at == 0;
            case END -> at == text.length();
            case WORD_EDGE -> isWord(text, at - 1) != isWord(text, at);
            case NO_WORD_EDGE -> isWord(text, at - 1) == isWord(text, at);
        };
    }

    private static boolean isWord(String text, int at) {
        return at >= 0 && at < text.length() && CharacterSet.WORD.test(text.charAt(at));
    }
}
