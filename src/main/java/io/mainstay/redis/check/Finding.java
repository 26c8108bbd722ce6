package io.mainstay.redis.check;

import io.mainstay.inspection.Objection;
import java.util.Optional;

/**
 * Something is wrong with how Redis is set up, or with what is in it.
 *
 * @param severity what follows from it
 * @param text for people: what is wrong, what it leads to, what to change
 * @param setting the key to change, if it is about one
 * @param node that it is about, if it is about one
 */
record Finding(Severity severity, String text, Optional<String> setting, Optional<String> node) {

    /** What follows from a finding. */
    enum Severity {
        /** It is told. */
        WARNING,
        /** An instance that has not begun to work does not begin; one that works goes on. */
        NO_START,
        /** No instance works with it. */
        STOP
    }

    Finding(Severity severity, String text) {
        this(severity, text, Optional.empty(), Optional.empty());
    }

    static Finding warning(String text) {
        return new Finding(Severity.WARNING, text);
    }

    Finding of(String key) {
        return new Finding(severity, text, Optional.of(key), node);
    }

    Finding at(String where) {
        return new Finding(severity, text, setting, Optional.of(where));
    }

    /** With the node. */
    String sentence() {
        return text + node.map(where -> " (node " + where + ")").orElse("");
    }

    Objection objection() {
        return new Objection(setting, text, severity != Severity.WARNING, node);
    }
}
