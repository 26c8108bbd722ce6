package io.mainstay.redis.check;

/**
 * Something is wrong with how Redis is set up, or with what is in it.
 *
 * @param weight what follows from it
 * @param text for people: what is wrong, what it leads to, what to change
 */
record Objection(Weight weight, String text) {

    /** What follows from an objection. */
    enum Weight {
        /** It is told. */
        WARNING,
        /** An instance that has not begun to work does not begin; one that works goes on. */
        NO_START,
        /** No instance works with it. */
        STOP
    }

    static Objection warning(String text) {
        return new Objection(Weight.WARNING, text);
    }

    Objection at(String node) {
        return new Objection(weight, text + " (node " + node + ")");
    }
}
