package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Transitions.JobEvent;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionsTest {

    /** The life of a job as docs/job-lifecycle.md draws it; anything else must not happen. */
    private static final Set<String> LIFECYCLE = Set.of(
            "blocked -UNBLOCK-> ready",
            "blocked -POSTPONE-> scheduled",
            "blocked -CANCEL-> cancelled",
            "scheduled -PROMOTE-> ready",
            "scheduled -CANCEL-> cancelled",
            "ready -CLAIM-> running",
            "ready -POSTPONE-> scheduled",
            "ready -BURY-> dead",
            "ready -CANCEL-> cancelled",
            "running -COMPLETE-> succeeded",
            "running -RETRY-> scheduled",
            "running -SNOOZE-> scheduled",
            "running -BURY-> dead",
            "running -RESCUE-> ready",
            "running -RELEASE-> ready",
            "running -CANCEL-> cancelled",
            "dead -REQUEUE-> ready",
            "cancelled -REQUEUE-> ready");

    @Test
    void tableHoldsTheLifecycleAndNothingElse() {
        Set<String> found = new HashSet<>();
        for (JobState from : JobState.values()) {
            for (JobEvent event : JobEvent.values()) {
                Transitions.after(from, event)
                        .ifPresent(to -> found.add(from.wireName() + " -" + event + "-> " + to.wireName()));
            }
        }

        assertThat(found).isEqualTo(LIFECYCLE);
    }

    @Test
    void successIsFinal() {
        for (JobEvent event : JobEvent.values()) {
            assertThat(Transitions.after(JobState.SUCCEEDED, event)).isEmpty();
        }
    }

    @Test
    void endedJobsLeaveByRequeueOnly() {
        for (JobState state : JobState.values()) {
            for (JobEvent event : JobEvent.values()) {
                if (state.ended() && event != JobEvent.REQUEUE) {
                    assertThat(Transitions.after(state, event)).isEmpty();
                }
            }
        }
    }
}
