package io.mainstay.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.function.Function;

/** A node as shown. What it does not say is null, and not shown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record NodeView(
        String address,
        boolean answers,
        String version,
        String role,
        Long replicas,
        Boolean appendOnly,
        UsageView memory,
        LoadView load) {

    /** In bytes; a maximum of 0 is none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record UsageView(Long used, Long peak, Long max, String evictionPolicy) {}

    /** How busy it is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record LoadView(Long uptimeSeconds, Long clients, Long commandsPerSecond) {}

    static NodeView of(NodeReport node) {
        Optional<NodeReport.Facts> facts = node.facts();
        return new NodeView(
                node.address().orElse(null),
                facts.isPresent(),
                known(facts, NodeReport.Facts::version),
                known(facts, NodeReport.Facts::role),
                known(facts, NodeReport.Facts::replicas),
                known(facts, NodeReport.Facts::appendOnly),
                facts.map(said -> memory(said.memory())).orElse(null),
                facts.map(said -> load(said.load())).orElse(null));
    }

    private static UsageView memory(NodeReport.Memory memory) {
        return new UsageView(
                memory.used().orElse(null),
                memory.peak().orElse(null),
                memory.max().orElse(null),
                memory.evictionPolicy().orElse(null));
    }

    private static LoadView load(NodeReport.Load load) {
        return new LoadView(
                load.uptimeSeconds().orElse(null),
                load.clients().orElse(null),
                load.commandsPerSecond().orElse(null));
    }

    private static <T> T known(Optional<NodeReport.Facts> facts, Function<NodeReport.Facts, Optional<T>> fact) {
        return facts.flatMap(fact).orElse(null);
    }
}
