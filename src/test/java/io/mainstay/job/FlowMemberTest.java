package io.mainstay.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowMemberTest {

    @ParameterizedTest
    @ValueSource(strings = {"f", "a-1", "01a206b1-fbf6-7419-800d-0891521f064b", "x_y-"})
    void placeIsReadBackFromTheJobsId(String flow) {
        FlowMember member = new FlowMember(new FlowId(flow), 17);

        assertThat(member.job()).isEqualTo(new JobId("flow-" + flow + "-17"));
        assertThat(FlowMember.of(member.job())).contains(member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job-1",
                "flow",
                "flow-",
                "flow-x",
                "flow-x-",
                "flow--1",
                "flow-x-1234567",
                "flow-x-one",
                "flow-a.b-1"
            })
    void otherIdsAreNoPlaces(String id) {
        assertThat(FlowMember.of(new JobId(id))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a.b", "a/b", "ä"})
    void idsOfFlowsAreBounded(String id) {
        assertThatThrownBy(() -> new FlowId(id)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void longestIdOfAFlowMakesIdsOfJobs() {
        FlowId longest = new FlowId("f".repeat(64));
        assertThat(FlowMember.of(new FlowMember(longest, 9999).job())).isPresent();
        assertThatThrownBy(() -> new FlowId("f".repeat(65))).isInstanceOf(InvalidValueException.class);
    }
}
