package io.mainstay.http.targets;

/** What an instance knows of one target. Guarded by {@link Targets}. */
final class Target {

    final String origin;
    final Breaker breaker;
    final RetryBudget budget;
    int running;
    /** Whether somebody was told that there is no room, and waits to hear of it. */
    boolean awaited;

    Target(String origin, Breaker breaker, RetryBudget budget) {
        this.origin = origin;
        this.breaker = breaker;
        this.budget = budget;
    }

    /** Whether there is anything to know of it that a new one would not have. */
    boolean isIdle() {
        return running == 0 && !breaker.isOpen();
    }
}
