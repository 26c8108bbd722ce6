package io.mainstay.redis.check;

/**
 * Something is wrong with how Redis is set up, or with what is in it.
 *
 * @param severity what follows from it
 * @param text for people: what is wrong, what it leads to, what to change
 */
record Finding(Severity severity, String text) {

    /** What follows from a finding. */
    enum Severity {
        /** It is told. */
        WARNING,
        /** An instance that has not begun to work does not begin; one that works goes on. */
        NO_START,
        /** No instance works with it. */
        STOP
    }

    static Finding warning(String text) {
        return new Finding(Severity.WARNING, text);
    }

    Finding at(String node) {
        return new Finding(severity, text + " (node " + node + ")");
    }
}
