package io.mainstay.flow;

import io.mainstay.due.DueQueue;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** For tests that play the worker: nobody else tells of the end of a job, so that it is left behind at once. */
@Alternative
@Singleton
public class PromptFlowRounds extends FlowRounds {

    PromptFlowRounds(FlowStore flows, FlowJobs jobs, FlowSteps steps) {
        super(flows, jobs, steps, Duration.ofMillis(100));
    }

    /** As if they had been owed for long. */
    @Override
    public void due(List<DueQueue> queues) {
        super.due(queues.stream().map(DueQueue::atOnce).toList());
    }
}
