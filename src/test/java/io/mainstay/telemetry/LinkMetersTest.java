package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.LinkState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LinkMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkMeters meters = new LinkMeters(registry);

    @Test
    void linksAreCountedByTheStateTheyAreIn() {
        meters.linkChanged("commands-0", LinkState.CONNECTING);
        meters.linkChanged("commands-1", LinkState.CONNECTING);
        meters.linkChanged("commands-0", LinkState.VERIFIED);

        assertThat(links("connecting")).isEqualTo(1);
        assertThat(links("verified")).isEqualTo(1);
        assertThat(links("dead")).isZero();
    }

    @Test
    void changesAreCountedByLink() {
        meters.linkChanged("commands-0", LinkState.VERIFIED);
        meters.linkChanged("commands-0", LinkState.DEAD);
        meters.linkChanged("commands-0", LinkState.VERIFIED);

        assertThat(registry.get("mainstay.redis.link.transitions")
                        .tags("link", "commands-0", "to", "verified")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private double links(String state) {
        return registry.get("mainstay.redis.links").tag("state", state).gauge().value();
    }
}
