package io.mainstay.flow;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.ParentResult;
import io.mainstay.handler.ParentResults;
import io.mainstay.job.JobState;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@link ParentResults} as the store has them. */
@Singleton
class StoredParentResults implements ParentResults {

    private final Flows flows;

    StoredParentResults(Flows flows) {
        this.flows = flows;
    }

    @Override
    public Uni<List<ParentResult>> of(JobContext job) {
        return flows.parents(job.id())
                .map(parents ->
                        parents.stream().map(StoredParentResults::result).toList());
    }

    private static ParentResult result(FlowStatus.Node parent) {
        Optional<JobState> end =
                switch (parent.phase()) {
                    case SUCCEEDED -> Optional.of(JobState.SUCCEEDED);
                    case DEAD -> Optional.of(JobState.DEAD);
                    case CANCELLED -> Optional.of(JobState.CANCELLED);
                    case BLOCKED, ACTIVE -> Optional.empty();
                };
        return new ParentResult(
                parent.name(), parent.queue(), parent.member().job(), end, parent.result(), parent.resultLeftOut());
    }
}
