package io.mainstay.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The attempts that run now. Adding and removing cost nothing but an index, for both happen with every job. */
final class RunningAttempts {

    private final List<Attempt> attempts = new ArrayList<>();

    /** For readers on other threads; the list is the loop's. */
    private volatile int size;

    int size() {
        return size;
    }

    void add(Attempt attempt) {
        attempt.place = attempts.size();
        attempts.add(attempt);
        size = attempts.size();
    }

    void remove(Attempt attempt) {
        Attempt last = attempts.remove(attempts.size() - 1);
        if (last != attempt) {
            attempts.set(attempt.place, last);
            last.place = attempt.place;
        }
        size = attempts.size();
    }

    /** A copy, so that what is done about them may remove them. */
    List<Attempt> all(Predicate<Attempt> condition) {
        List<Attempt> found = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (condition.test(attempt)) {
                found.add(attempt);
            }
        }
        return found;
    }
}
