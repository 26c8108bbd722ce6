package io.mainstay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a path names is in the record, however the path is put together. */
class AuditedOperationTest {

    @ParameterizedTest
    @CsvSource({
        "io.mainstay.auth.key.ApiKeyResource,revoke,keys/x",
        "io.mainstay.schedule.ScheduleResource,delete,schedules/x",
        "io.mainstay.schedule.ScheduleResource,trigger,schedules/x",
        "io.mainstay.flow.FlowResource,cancel,flows/x",
        "io.mainstay.api.QueueResource,delete,",
        "io.mainstay.api.JobResource,cancel,jobs/x"
    })
    void objectIsWhatThePathNames(Class<?> resource, String method, String object) {
        AuditedOperation operation = Arrays.stream(resource.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .map(AuditedOperation::of)
                .orElseThrow();

        assertThat(operation.object(parameter -> "x")).isEqualTo(object);
    }
}
