package io.mainstay.http.targets;

import java.time.Duration;

/** The leave to send one request to a target. Ends once; further ends do nothing. Thread-safe. */
public final class Pass {

    private final Targets targets;
    private final Target target;
    private final boolean probe;
    private boolean ended;

    Pass(Targets targets, Target target, boolean probe) {
        this.targets = targets;
        this.target = target;
        this.probe = probe;
    }

    /** The target answered. */
    public void answered() {
        if (end()) {
            targets.answered(target);
        }
    }

    /**
     * It gave no answer, or said itself that it failed.
     *
     * @return how long the job's next attempt must wait at least
     */
    public Duration failed() {
        return end() ? targets.failed(target, probe) : Duration.ZERO;
    }

    /** Nothing was learnt of it. */
    public void abandoned() {
        if (end()) {
            targets.abandoned(target, probe);
        }
    }

    private synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }
}
