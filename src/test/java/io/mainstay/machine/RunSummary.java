package io.mainstay.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a green run of tests may not hide: tests that were skipped, with what would let them run, and tests that were begun
 * anew because the machine stood still.
 */
final class RunSummary {

    /** Tests begun anew in one run of Maven, unit and integration tests together; more of them say that it proves little. */
    static final int MOST_BEGUN_ANEW = Integer.getInteger("mainstay.tests.most-begun-anew", 3);

    private final boolean strict;
    private final BegunAnew begunAnew;
    private final Map<String, Long> skipped = new TreeMap<>();
    private final List<String> anew = new ArrayList<>();
    private boolean newlySkipped;
    private boolean newlyBegunAnew;

    /**
     * @param strict whether a skipped test is a failure
     * @param begunAnew those of the whole run
     */
    RunSummary(boolean strict, BegunAnew begunAnew) {
        this.strict = strict;
        this.begunAnew = begunAnew;
    }

    synchronized void skipped(String reason, long tests) {
        newlySkipped = true;
        skipped.merge(Requirement.of(reason).map(Requirement::reason).orElse(reason), tests, Long::sum);
    }

    synchronized void begunAnew(String test, String reason) {
        newlyBegunAnew = true;
        String line = test + ": " + reason;
        anew.add(line);
        begunAnew.add(line);
    }

    /**
     * To be asked at the end of each part of what a JVM runs; each failure is told once.
     *
     * @throws AssertionError if what was seen since the last time does not count as a success
     */
    synchronized void check() {
        boolean unwanted = strict && newlySkipped;
        boolean tooMany = newlyBegunAnew && begunAnew.all().size() > MOST_BEGUN_ANEW;
        newlySkipped = false;
        newlyBegunAnew = false;
        if (unwanted) {
            throw new AssertionError("a skipped test is a failure in continuous integration (CI=true):\n" + text());
        }
        if (tooMany) {
            List<String> all = begunAnew.all();
            throw new AssertionError("%d tests were begun anew in this run, %d at most are accepted:%n%s"
                    .formatted(all.size(), MOST_BEGUN_ANEW, String.join("\n", all)));
        }
    }

    /** Empty if there is nothing to tell. */
    synchronized String text() {
        StringBuilder text = new StringBuilder();
        skipped.forEach((reason, tests) ->
                text.append("Skipped: %d test%s, %s%n".formatted(tests, tests == 1 ? "" : "s", reason)));
        anew.forEach(line -> text.append("Begun anew: %s%n".formatted(line)));
        if (!anew.isEmpty()) {
            text.append("%d of at most %d tests were begun anew in this run so far%n"
                    .formatted(begunAnew.all().size(), MOST_BEGUN_ANEW));
        }
        return text.toString();
    }
}
