package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.queue.TwinUnderTest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That a model run finds what it is for: the twin against itself. */
class ModelRunTest {

    private static final String[] MUST_BE_MET = {
        "Enqueue Created",
        "Enqueue Existing",
        "Enqueue Deleted",
        "Survey forgotten ids",
        "Enqueue unique key",
        "Enqueue wait in queue",
        "Requeue KeyTaken",
        "Survey expired",
        "Survey deadline",
        "Survey replaced",
        "Find none",
        "Find line 1",
        "Find line 2",
        "Find progress:0",
        "Find snoozes:1",
        "Survey snoozed-too-often",
        "Note noted 0",
        "Note noted 1",
        "Explain none",
        "Explain NOT_DUE",
        "Explain RUNNING",
        "Explain ENDED",
        "ListPage and more",
        "ListPage and no more",
        "Cancel Applied",
        "Cancel NotAllowed",
        "Cancel NotFound",
        "Requeue Applied",
        "Requeue NotAllowed",
        "Requeue NotFound",
        "BulkChange CANCEL some",
        "BulkChange CANCEL none",
        "BulkChange REQUEUE some",
        "BulkChange DELETE some",
        "BulkChange and more",
        "BulkChange and no more",
        "Claim more:true",
        "Claim more:false",
        "Claim unwanted:true",
        "Claim next:overdue",
        "Claim next:later",
        "Claim next:never",
        "Claim lease-expired",
        "Claim not-received",
        "Claim returned:1",
        "Settle SUCCEEDED",
        "Settle SCHEDULED",
        "Settle READY",
        "Settle DEAD",
        "Settle Refused",
        "Extend lost []",
        "Extend lost [L",
        "Extend cancelled=true",
        "Prune pruned 0",
        "Prune pruned 1",
        "Explain WAITING_FOR_PARENTS",
        "Survey IN_LINE",
        "Survey HANDLER_PAUSED",
        "Survey CONCURRENCY",
        "Survey RATE",
        "Survey GROUP_CONCURRENCY",
        "Survey GROUP_RATE",
        "Survey GROUP_ORDER",
        "FlowCreate Created",
        "FlowCreate Existing",
        "FlowTell none",
        "FlowTell WAIT",
        "FlowTell RUN",
        "FlowTell CANCEL",
        "FlowDue WAIT",
        "FlowDue RUN",
        "FlowDue CANCEL",
        "FlowFind none",
        "FlowFind open",
        "FlowFind over",
        "FlowParents none",
        "FlowParents resultLeftOut=true",
        "FlowPlace made",
        "FlowPlace moved",
        "FlowPlace left",
        "FlowNews #1",
        "FlowNews #2",
        "FlowNewsOf none",
        "FlowNewsOf #1",
        "Notices notices none",
        "Notices notices some",
        "Notices flow-ended",
        "StepClock stepped back",
        "StepClock stepped forward"
    };

    private final long seed = Long.getLong("mainstay.model.seed", new Random().nextLong());

    /** Without this a run that never gets anywhere would look like a store that is always right. */
    @Test
    void runMeetsEveryKindOfAnswer() {
        try (TwinUnderTest one = StoreModelTest.twin(StoreModelTest.SWEEP_LIMIT);
                TwinUnderTest other = StoreModelTest.twin(StoreModelTest.SWEEP_LIMIT)) {
            ModelRun run = new ModelRun(one, other, seed);
            Map<String, Integer> seen = run.run(10_000);
            // A rare one may be missed by chance once, hardly so often.
            for (int more = 0; more < 9 && !seen.keySet().containsAll(List.of(MUST_BE_MET)); more++) {
                seen = run.run(10_000);
            }

            assertThat(seen).as("seed %d", seed).containsKeys(MUST_BE_MET);
        }
    }

    @Test
    void runFindsADifference() {
        try (TwinUnderTest one = StoreModelTest.twin(StoreModelTest.SWEEP_LIMIT);
                TwinUnderTest other = StoreModelTest.twin(StoreModelTest.SWEEP_LIMIT + 1)) {
            var run = new ModelRun(one, other, seed);

            assertThatThrownBy(() -> run.run(10_000))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("seed " + seed);
        }
    }
}
