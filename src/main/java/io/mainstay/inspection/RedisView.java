package io.mainstay.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Each Redis as shown. What is not known is null, and not shown. */
@RegisterForReflection
public record RedisView(List<StoreView> stores) {

    /** @param sentinels null where none are asked */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record StoreView(
            String store,
            String mode,
            List<String> sentinels,
            List<NodeView> nodes,
            String refused,
            String writesRefused,
            List<String> faults,
            List<ObjectionView> objections) {}

    /** Something that is wrong with its settings. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record ObjectionView(String setting, String text, boolean refuses, String node) {

        private static ObjectionView of(Objection objection) {
            return new ObjectionView(
                    objection.setting().orElse(null),
                    objection.text(),
                    objection.refuses(),
                    objection.node().orElse(null));
        }
    }

    static RedisView of(List<StoreReport> reports) {
        return new RedisView(reports.stream().map(RedisView::store).toList());
    }

    private static StoreView store(StoreReport report) {
        StoreReport.Troubles troubles = report.troubles();
        return new StoreView(
                report.store(),
                report.mode(),
                report.sentinels().isEmpty() ? null : report.sentinels(),
                report.nodes().stream().map(NodeView::of).toList(),
                troubles.refused().orElse(null),
                troubles.writesRefused().orElse(null),
                troubles.faults(),
                troubles.objections().stream().map(ObjectionView::of).toList());
    }
}
