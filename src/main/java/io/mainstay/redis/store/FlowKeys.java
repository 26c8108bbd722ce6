package io.mainstay.redis.store;

import io.mainstay.job.FlowId;

/**
 * Names of the keys of flows. They are in the buckets of queues, by the hash of the flow's id, so that one poll tells what is due of
 * either; where a queue has its name they have nothing, and a name is never empty.
 *
 * @param bucket which, from 0
 */
record FlowKeys(int bucket) {

    /** Never to be changed: flows would not be found any more. */
    static FlowKeys of(FlowId id) {
        // The hash of a string is the same on every Java platform.
        return new FlowKeys(Math.floorMod(id.value().hashCode(), Buckets.COUNT));
    }

    String prefix() {
        return of("flow:");
    }

    String flow(FlowId id) {
        return prefix() + id;
    }

    /** Ids of jobs that have not ended, by when they are to be looked at. */
    String todo() {
        return of("todo");
    }

    /** Ids of flows that are over, by when they are to be deleted. */
    String over() {
        return of("over");
    }

    /** Ids of all flows, by when they were made. */
    String all() {
        return of("flows");
    }

    /** What is to be done in the bucket, by when. */
    String next() {
        return Buckets.next(bucket);
    }

    private String of(String name) {
        return Buckets.prefixOf(bucket) + ":" + name;
    }
}
