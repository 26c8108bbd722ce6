package io.mainstay.queue.route;

/**
 * What an instance takes of each target: nothing of one that fails, a share of its workers of one that is slow. Asked before
 * each claim. {@code http} implements it.
 */
public interface TargetLimits {

    /**
     * As of now; jobs that the instance has claimed and not ended count already. Called on an event loop; must return at
     * once.
     */
    TargetRoom room();

    /**
     * Has {@code task} run whenever a target has room that had none in an answer of {@link #room()}: a request to it ended, or it
     * may be tried again. Jobs may wait for that and for nothing else. Run on any thread; returns at once.
     */
    default void onRoom(Runnable task) {}
}
