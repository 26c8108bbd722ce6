package io.mainstay.jobtype.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * A schema within the document: its keywords. Made empty and filled later, as schemas may refer to themselves. Thread-safe
 * once the document was compiled.
 */
final class Node {

    /** Where it is in the document, as a JSON pointer; while that is read. */
    String pointer;
    /** Schemas that are held against the same value; while it is read. */
    List<Node> inPlace = new ArrayList<>();

    /** Whether it is {@code false}: nothing fits. */
    boolean never;

    private final List<Keyword> keywords = new ArrayList<>();
    /** Of these the others are to be through. */
    private final List<Keyword> last = new ArrayList<>();

    Node(String pointer) {
        this.pointer = pointer;
    }

    /** The document was read: what only that needs is not kept. */
    void close() {
        pointer = null;
        inPlace = null;
    }

    void add(Keyword keyword) {
        keywords.add(keyword);
    }

    void addLast(Keyword keyword) {
        last.add(keyword);
    }

    /** @param seen gets what was looked at, if the value fits; null if nobody asks */
    boolean fits(Object value, Run run, Evaluated seen) {
        if (never) {
            return run.wrong("false", "must not be present");
        }
        run.spend(1 + keywords.size());
        run.deeper();
        Evaluated own = seen == null && last.isEmpty() ? null : new Evaluated();
        boolean fits = all(keywords, value, run, own) && all(last, value, run, own);
        if (fits && seen != null) {
            run.spend(2L * own.size());
            seen.addAll(own);
        }
        run.back();
        return fits;
    }

    /**
     * Whether a member or item of the value fits.
     *
     * @param keyword that asks for it
     */
    boolean fitsWithin(Object nameOrIndex, Object value, String keyword, Run run) {
        run.enter(nameOrIndex);
        boolean fits = never ? run.wrong(keyword, "must not be present") : fits(value, run, null);
        run.leave();
        return fits;
    }

    /** Whether the value fits, without a word if it does not. */
    boolean tried(Object value, Run run, Evaluated seen) {
        run.beginTrying();
        boolean fits = fits(value, run, seen);
        run.endTrying();
        return fits;
    }

    private static boolean all(List<Keyword> keywords, Object value, Run run, Evaluated seen) {
        boolean fits = true;
        for (Keyword keyword : keywords) {
            if (!keyword.fits(value, run, seen)) {
                fits = false;
                if (run.enough()) {
                    return false;
                }
            }
        }
        return fits;
    }
}
