package io.mainstay.queue.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    private final JobIds ids = new JobIds();

    @Test
    void instanceIsCalledAsItsHostAndLikeNoOther() {
        String first = new InstanceName("mainstay-6c9f-x2k4p", ids).value();
        String second = new InstanceName("mainstay-6c9f-x2k4p", ids).value();

        assertThat(first).matches("mainstay-6c9f-x2k4p-[a-z0-9]{8}").isNotEqualTo(second);
    }

    @Test
    void everyHostMakesANameThatWorkersCanHave() {
        assertThat(new InstanceName("pod-" + "x".repeat(250) + "-z9", ids).value())
                .hasSize(WorkerName.LONGEST)
                .contains("x-z9-")
                .matches(WorkerName::isOne);
        assertThat(new InstanceName("host name\n{ä}", ids).value()).matches(WorkerName::isOne);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"a b", "a/b", "a:b", "{a}", "ä", "a\n", "a*"})
    void hostileNamesAreRefusedWithTheirField(String name) {
        assertThatThrownBy(() -> WorkerName.check("worker", name))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("worker"));
        assertThatThrownBy(() -> WorkerName.check("worker", "x".repeat(65))).isInstanceOf(InvalidValueException.class);
    }
}
