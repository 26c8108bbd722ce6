package io.mainstay.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.queue.health.InstanceHealth;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * The health of an instance as shown.
 *
 * @param stalled why no jobs flow; null, and not shown, while they do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record HealthView(boolean alive, String stalled, List<StoreView> stores) {

    /** @param canaryAt when a canary job last went the whole way */
    @RegisterForReflection
    public record StoreView(String store, boolean takesJobs, LinksView links, String subscription, String canaryAt) {}

    /** How many connections there are, by what is known of them. */
    @RegisterForReflection
    public record LinksView(int verified, int suspect, int connecting) {}

    /** @param seen when the instance said so */
    static HealthView of(InstanceHealth health, Instant seen) {
        return new HealthView(
                health.alive(),
                health.stalled().orElse(null),
                health.stores().stream().map(store -> store(store, seen)).toList());
    }

    private static StoreView store(InstanceHealth.OfStore store, Instant seen) {
        InstanceHealth.Links links = store.links();
        return new StoreView(
                store.name(),
                store.takesJobs(),
                new LinksView(links.verified(), links.suspect(), links.connecting()),
                store.subscription(),
                seen.minus(store.canaryAge()).toString());
    }
}
