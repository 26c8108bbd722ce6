package io.mainstay.redis.check;

import io.mainstay.redis.connection.fault.SettingNames;
import java.util.Optional;

/** Whether a cluster is taken for a single node. */
final class ModeCheck {

    private final SettingNames names;
    private final boolean clustered;

    /** @param clustered whether links go where a cluster sends them */
    ModeCheck(SettingNames names, boolean clustered) {
        this.names = names;
        this.clustered = clustered;
    }

    /** What follows from an answer that says that somebody else serves the key. */
    Optional<Finding> sentElsewhere() {
        return clustered
                ? Optional.empty()
                : Optional.of(new Finding(
                        Finding.Severity.STOP,
                        "Redis is a node of a cluster and does not serve all keys; set %s=cluster"
                                .formatted(names.clientType())));
    }

    /** One node, or a proxy, may serve all keys: that works. */
    Optional<Finding> examine(ServerInfo node) {
        return clustered || !node.mode().filter("cluster"::equals).isPresent()
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "Redis is a cluster: queues whose keys this node does not serve fail; set %s=cluster"
                                .formatted(names.clientType())));
    }
}
