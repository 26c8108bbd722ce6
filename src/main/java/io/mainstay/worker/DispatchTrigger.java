package io.mainstay.worker;

/**
 * Asks for a dispatch. However often it is fired within a turn, the dispatch happens once, after the turn:
 * by then all that ended together can be settled, and as much claimed, in one go. Loop only.
 */
final class DispatchTrigger {

    private final WorkerLoop loop;
    private Runnable dispatch = () -> {};
    private boolean fired;

    DispatchTrigger(WorkerLoop loop) {
        this.loop = loop;
    }

    void connect(Runnable dispatch) {
        this.dispatch = dispatch;
    }

    void fire() {
        if (!fired) {
            loop.afterTurn(this::run);
            fired = true;
        }
    }

    /** Trusts nothing: should an earlier dispatch have been lost, this one comes. */
    void reset() {
        fired = false;
        fire();
    }

    private void run() {
        fired = false;
        dispatch.run();
    }
}
