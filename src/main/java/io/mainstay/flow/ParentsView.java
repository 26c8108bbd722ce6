package io.mainstay.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.mainstay.job.Json;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Those of the jobs that a job runs after that the caller may see, as shown.
 *
 * @param redacted true if results are left out; null, and not shown, if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ParentsView(List<ParentView> parents, Boolean redacted) {

    /**
     * One of them.
     *
     * @param result absent if it has none, or none yet
     * @param resultLeftOut true if its result is too large to be kept with the flow: its job has it; else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record ParentView(
            String name,
            String queue,
            String id,
            String state,
            @JsonRawValue String result,
            Boolean resultLeftOut) {

        static ParentView of(FlowStatus.Node node, Caller caller) {
            return new ParentView(
                    node.name(),
                    node.queue().value(),
                    node.member().job().value(),
                    node.phase().wireName(),
                    node.result()
                            .filter(result -> caller.payload())
                            .map(Json::text)
                            .orElse(null),
                    node.resultLeftOut() ? Boolean.TRUE : null);
        }
    }

    /** About, of the results. */
    long bytes() {
        return parents.stream()
                .mapToLong(
                        parent -> parent.result() == null ? 0 : parent.result().length())
                .sum();
    }

    static ParentsView of(List<FlowStatus.Node> parents, Caller caller) {
        return new ParentsView(
                parents.stream()
                        .filter(parent -> caller.mayTouch(parent.queue().value()))
                        .map(parent -> ParentView.of(parent, caller))
                        .toList(),
                caller.payload() ? null : Boolean.TRUE);
    }
}
