package io.mainstay.redis.store;

import io.mainstay.job.FlowId;

/**
 * Names of the keys of flows. They lie in a fixed number of parts, by the hash of the flow's id, each with a hash tag that no
 * queue can have: spread over the shards of a cluster, and found again without a list of flows.
 *
 * @param part which, from 0
 */
record FlowKeys(int part) {

    /** Never to be changed: flows would not be found any more. */
    static final int PARTS = 16;

    static FlowKeys of(FlowId id) {
        // The hash of a string is the same on every Java platform.
        return new FlowKeys(Math.floorMod(id.value().hashCode(), PARTS));
    }

    String prefix() {
        return "ms:{:flows:" + part + "}:flow:";
    }

    String flow(FlowId id) {
        return prefix() + id;
    }

    /** Ids of jobs that have not ended, by when they are to be looked at. */
    String todo() {
        return "ms:{:flows:" + part + "}:todo";
    }

    /** Ids of flows that are over, by when they are to be deleted. */
    String over() {
        return "ms:{:flows:" + part + "}:over";
    }
}
