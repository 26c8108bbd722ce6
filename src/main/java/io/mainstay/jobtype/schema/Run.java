package io.mainstay.jobtype.schema;

import io.mainstay.job.InvalidValueException.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One check of one payload: what it has cost so far, where it is, and what was wrong. For one thread. */
final class Run {

    /** Some tens of milliseconds. */
    static final int MOST_STEPS = 500_000;
    /** Schemas within schemas; each takes a few hundred bytes of the stack. */
    static final int DEEPEST = 500;
    /** Of what is wrong, this many are told. */
    static final int MOST_FAULTS = 10;

    private static final int LONGEST_POINTER = 300;

    private final List<Fault> faults = new ArrayList<>();
    /** Names and indexes that lead from the payload to where it is. */
    private final List<Object> path = new ArrayList<>();

    private final Map<PatternProgram, PatternThreads> threads = new HashMap<>();

    private int steps;
    private int depth;
    /** Schemas that are only tried: what does not fit them is no fault. */
    private int trying;

    List<Fault> faults() {
        return faults;
    }

    int steps() {
        return steps;
    }

    void spend(long more) {
        if (more > MOST_STEPS - steps) {
            throw new OutOfBoundsException("takes more than " + MOST_STEPS + " steps to be checked");
        }
        steps += (int) more;
    }

    /** What a pattern needs to run; the same for each text. */
    PatternThreads threadsOf(PatternProgram pattern) {
        return threads.computeIfAbsent(pattern, PatternThreads::new);
    }

    void deeper() {
        if (++depth > DEEPEST) {
            throw new OutOfBoundsException("takes schemas within schemas, deeper than " + DEEPEST);
        }
    }

    void back() {
        depth--;
    }

    void enter(Object nameOrIndex) {
        path.add(nameOrIndex);
    }

    void leave() {
        path.remove(path.size() - 1);
    }

    void beginTrying() {
        trying++;
    }

    void endTrying() {
        trying--;
    }

    /** Whether there is no use in going on after something is wrong. */
    boolean enough() {
        return trying > 0 || faults.size() >= MOST_FAULTS;
    }

    /** @return false, what the keyword then answers */
    boolean wrong(String keyword, String message) {
        if (!enough()) {
            faults.add(new Fault(pointer(), keyword, message));
        }
        return false;
    }

    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Object step : path) {
            pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.length() <= LONGEST_POINTER ? pointer.toString() : pointer.substring(0, LONGEST_POINTER) + "…";
    }
}
