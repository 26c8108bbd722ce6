package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class JobStateTest {

    @Test
    void wireNamesLeadBackToTheirStates() {
        for (JobState state : JobState.values()) {
            assertThat(JobState.ofWireName("state", state.wireName())).isEqualTo(state);
            assertThat(state.wireName()).isEqualTo(state.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void unknownWireNameIsRefusedWithTheNamesThatAre() {
        assertThatThrownBy(() -> JobState.ofWireName("state", "READY"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "state is 'READY', but must be one of blocked, scheduled, ready, running, succeeded, dead, cancelled");
    }

    @Test
    void onlySuccessDeathAndCancellationAreEnds() {
        assertThat(JobState.values())
                .filteredOn(JobState::ended)
                .containsExactly(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED);
    }
}
