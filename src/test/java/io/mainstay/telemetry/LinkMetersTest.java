package io.mainstay.telemetry;

import static io.mainstay.health.LinkKind.DURABLE;
import static io.mainstay.health.LinkKind.WRITES;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.health.LinkState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LinkMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkMeters meters = new LinkMeters(registry);

    @Test
    void linksAreCountedByTheStateTheyAreIn() {
        meters.linkOpened(WRITES);
        meters.linkOpened(WRITES);
        meters.linkChanged(WRITES, LinkState.CONNECTING, LinkState.VERIFIED);

        assertThat(links("connecting")).isEqualTo(1);
        assertThat(links("verified")).isEqualTo(1);
        assertThat(links("dead")).isZero();
    }

    @Test
    void linksThatWereClosedAreCountedNoMore() {
        meters.linkOpened(WRITES);
        meters.linkOpened(DURABLE);
        meters.linkChanged(WRITES, LinkState.CONNECTING, LinkState.VERIFIED);
        meters.linkClosed(WRITES, LinkState.VERIFIED);

        assertThat(links("verified")).isZero();
        assertThat(links("connecting")).isEqualTo(1);
    }

    @Test
    void changesAreCountedByKindAndNewState() {
        meters.linkOpened(WRITES);
        meters.linkChanged(WRITES, LinkState.CONNECTING, LinkState.VERIFIED);
        meters.linkChanged(WRITES, LinkState.VERIFIED, LinkState.DEAD);
        meters.linkChanged(WRITES, LinkState.DEAD, LinkState.VERIFIED);

        assertThat(transitions("writes", "verified")).isEqualTo(2);
        assertThat(transitions("writes", "connecting")).isEqualTo(1);
        assertThat(transitions("durable", "verified")).isZero();
    }

    @Test
    void seriesDoNotGrowWithLinks() {
        int before = registry.getMeters().size();
        for (int i = 0; i < 100; i++) {
            meters.linkOpened(WRITES);
            meters.linkChanged(WRITES, LinkState.CONNECTING, LinkState.DEAD);
        }

        assertThat(registry.getMeters()).hasSize(before);
    }

    private double links(String state) {
        return registry.get("mainstay.redis.links").tag("state", state).gauge().value();
    }

    private double transitions(String link, String to) {
        return registry.get("mainstay.redis.link.transitions")
                .tags("link", link, "to", to)
                .counter()
                .count();
    }
}
