package io.mainstay.flow;

import io.mainstay.job.FlowId;
import io.mainstay.job.QueueName;
import io.mainstay.rest.job.JobRequest;
import java.util.List;
import java.util.Map;

/**
 * Body of a new flow, each value well-formed.
 *
 * @param id null if it was left out
 * @param jobs by name, in the order they came
 */
record FlowRequest(FlowId id, Map<String, FlowJob> jobs) {

    /** In place of names: all jobs that do not say so themselves. */
    static final String ALL_OTHERS = "*";

    /**
     * One job.
     *
     * @param after names of its parents
     */
    record FlowJob(QueueName queue, List<String> after, OnParentDead onParentDead, JobRequest job) {}
}
