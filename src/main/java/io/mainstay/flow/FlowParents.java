package io.mainstay.flow;

import io.mainstay.job.FlowMember;
import io.mainstay.job.JobId;
import io.mainstay.job.NotFoundException;
import io.mainstay.queue.ParentLookup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Says which parents hold a blocked job, as far as its flow knows. */
@Singleton
class FlowParents implements ParentLookup {

    private final Flows flows;

    FlowParents(Flows flows) {
        this.flows = flows;
    }

    @Override
    public Uni<Optional<List<Parent>>> holding(JobId id) {
        return FlowMember.of(id).map(this::holding).orElse(Uni.createFrom().item(Optional.of(List.of())));
    }

    private Uni<Optional<List<Parent>>> holding(FlowMember child) {
        return flows.get(child.flow())
                .map(flow -> Optional.of(holding(flow, child.index())))
                .onFailure(NotFoundException.class)
                .recoverWithItem(Optional.empty());
    }

    private static List<Parent> holding(FlowStatus flow, int index) {
        if (index >= flow.nodes().size()) {
            return List.of();
        }
        FlowStatus.Node child = flow.nodes().get(index);
        boolean anyEnd = child.onParentDead() == OnParentDead.RUN;
        return child.after().stream()
                .map(flow.nodes()::get)
                .filter(parent -> anyEnd ? !parent.phase().ended() : parent.phase() != FlowStatus.Phase.SUCCEEDED)
                .map(FlowParents::shown)
                .toList();
    }

    private static Parent shown(FlowStatus.Node parent) {
        return new Parent(
                parent.name(),
                parent.queue(),
                parent.member().job(),
                parent.phase().wireName());
    }
}
