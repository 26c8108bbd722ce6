package io.mainstay.worker;

/**
 * Asks the dispatcher to look around. However often it is raised within a turn, the look happens once, after the turn:
 * by then all that ended together can be settled, and as much claimed, in one go. Loop only.
 */
final class Signal {

    private final Loop loop;
    private Runnable look = () -> {};
    private boolean raised;

    Signal(Loop loop) {
        this.loop = loop;
    }

    void connect(Runnable look) {
        this.look = look;
    }

    void raise() {
        if (!raised) {
            loop.soon(this::fire);
            raised = true;
        }
    }

    /** Trusts nothing: should an earlier look have been lost, this one comes. */
    void reset() {
        raised = false;
        raise();
    }

    private void fire() {
        raised = false;
        look.run();
    }
}
