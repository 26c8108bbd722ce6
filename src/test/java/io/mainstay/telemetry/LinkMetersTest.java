package io.mainstay.telemetry;

import static io.mainstay.queue.LinkKind.COMMANDS;
import static io.mainstay.queue.LinkKind.DURABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.LinkState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LinkMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkMeters meters = new LinkMeters(registry);

    @Test
    void linksAreCountedByTheStateTheyAreIn() {
        meters.linkOpened(COMMANDS);
        meters.linkOpened(COMMANDS);
        meters.linkChanged(COMMANDS, LinkState.CONNECTING, LinkState.VERIFIED);

        assertThat(links("connecting")).isEqualTo(1);
        assertThat(links("verified")).isEqualTo(1);
        assertThat(links("dead")).isZero();
    }

    @Test
    void linksThatWereClosedAreCountedNoMore() {
        meters.linkOpened(COMMANDS);
        meters.linkOpened(DURABLE);
        meters.linkChanged(COMMANDS, LinkState.CONNECTING, LinkState.VERIFIED);
        meters.linkClosed(COMMANDS, LinkState.VERIFIED);

        assertThat(links("verified")).isZero();
        assertThat(links("connecting")).isEqualTo(1);
    }

    @Test
    void changesAreCountedByKindAndNewState() {
        meters.linkOpened(COMMANDS);
        meters.linkChanged(COMMANDS, LinkState.CONNECTING, LinkState.VERIFIED);
        meters.linkChanged(COMMANDS, LinkState.VERIFIED, LinkState.DEAD);
        meters.linkChanged(COMMANDS, LinkState.DEAD, LinkState.VERIFIED);

        assertThat(transitions("commands", "verified")).isEqualTo(2);
        assertThat(transitions("commands", "connecting")).isEqualTo(1);
        assertThat(transitions("durable", "verified")).isZero();
    }

    @Test
    void seriesDoNotGrowWithLinks() {
        int before = registry.getMeters().size();
        for (int i = 0; i < 100; i++) {
            meters.linkOpened(COMMANDS);
            meters.linkChanged(COMMANDS, LinkState.CONNECTING, LinkState.DEAD);
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
