package io.mainstay.flow;

import io.mainstay.queue.JobStore;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;

/** For tests that play the worker: nobody else tells of the end of a job, so that it is left behind at once. */
@Alternative
@Singleton
public class PromptFlowRounds extends FlowRounds {

    PromptFlowRounds(JobStore queues, FlowStore flows, FlowJobs jobs, FlowSteps steps) {
        super(queues, flows, jobs, steps, Duration.ofMillis(100));
    }
}
