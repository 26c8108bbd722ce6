package io.mainstay.queue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A test drains and undrains this instance. */
public final class DrainsByHand implements DrainedWorkers {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean here;
    private volatile int instances;

    public void drainHere(boolean drained) {
        here = drained;
        listeners.forEach(Runnable::run);
    }

    public void instances(int drained) {
        instances = drained;
    }

    @Override
    public boolean drained(String worker) {
        return false;
    }

    @Override
    public boolean drainedHere() {
        return here;
    }

    @Override
    public int instances() {
        return instances;
    }

    @Override
    public void onChange(Runnable task) {
        listeners.add(task);
    }
}
