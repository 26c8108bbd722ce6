package io.mainstay.inspection;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one Redis.
 *
 * @param store as metrics name it
 * @param mode {@code standalone}, {@code sentinel} or {@code cluster}: how it is found
 * @param sentinels where it is asked for, of those that are configured
 * @param nodes one, or one for each shard of a cluster
 */
public record StoreReport(
        String store, String mode, List<String> sentinels, List<NodeReport> nodes, Troubles troubles) {

    public StoreReport {
        sentinels = List.copyOf(sentinels);
        nodes = List.copyOf(nodes);
    }

    /**
     * In sentences for people.
     *
     * @param refused why this instance does not work with it, if so
     * @param writesRefused why it takes no writes, if so
     * @param faults why connections do not come about
     */
    public record Troubles(
            Optional<String> refused, Optional<String> writesRefused, List<String> faults, List<Objection> objections) {

        public Troubles {
            faults = List.copyOf(faults);
            objections = List.copyOf(objections);
        }
    }
}
