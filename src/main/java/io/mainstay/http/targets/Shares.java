package io.mainstay.http.targets;

import io.mainstay.queue.WorkerStatus;

/**
 * How many workers targets may have just now.
 *
 * @param always what each may always have
 * @param beyond how many more there are for those that have that: those that are free and not kept for others
 */
record Shares(int always, int beyond) {

    static Shares of(TargetConfig config, WorkerStatus workers) {
        int free = workers.concurrency() - workers.busy();
        return new Shares(
                Math.max(1, part(config.share(), workers)), Math.max(0, free - part(config.reserve(), workers)));
    }

    /** Of one that has none. */
    int most() {
        return Math.max(always, beyond);
    }

    int roomOf(Target target, long now) {
        if (target.breaker.isOpen()) {
            return target.breaker.admits(now) ? 1 : 0;
        }
        return Math.max(Math.max(0, always - target.running), beyond);
    }

    private static int part(int percent, WorkerStatus workers) {
        return (int) (workers.concurrency() * (long) percent / 100);
    }
}
