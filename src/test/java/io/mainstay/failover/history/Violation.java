package io.mainstay.failover.history;

/** A rule that a history breaks, and the job of which it breaks it. */
public record Violation(Rule rule, String job, String what) {

    @Override
    public String toString() {
        return rule + " " + job + ": " + what;
    }
}
