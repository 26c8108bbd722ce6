package io.mainstay.worker;

import java.time.Duration;

/**
 * Stops attempts whose time is up, or whose lease must have ended unextended. One look at all of them every now and
 * then, only while any run: a timer for each of tens of thousands of jobs a second would cost more than the jobs. Loop
 * only.
 */
final class Deadlines {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Loop loop;
    private final Crew crew;
    private Runnable cancelTimer = () -> {};
    private boolean watching;

    Deadlines(Loop loop, Crew crew) {
        this.loop = loop;
        this.crew = crew;
    }

    /** To be called whenever attempts may have begun. */
    void watch() {
        if (!watching && crew.busy() > 0) {
            cancelTimer = loop.after(LOOK_EVERY, this::look);
            watching = true;
        }
    }

    /** Looks now, whatever became of the timer. */
    void restart() {
        cancelTimer.run();
        look();
    }

    private void look() {
        watching = false;
        long now = System.nanoTime();
        crew.attempts(attempt -> attempt.leaseOver(now)).forEach(crew::leaseOver);
        crew.attempts(attempt -> attempt.pastDeadline(now)).forEach(crew::timeOut);
        watch();
    }
}
