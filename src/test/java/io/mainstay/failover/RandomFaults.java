package io.mainstay.failover;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Faults of one address in random order and length; the same seed gives the same ones. */
final class RandomFaults {

    /** A fault with what it is, for the log. */
    record Drawn(String name, Fault<OneAddress> fault) {}

    @FunctionalInterface
    private interface Kind {
        Drawn draw(Duration length);
    }

    private static final int SHORTEST_MS = 50;
    private static final int LONGEST_MS = 2_500;

    private final List<Kind> kinds = List.of(
            length -> new Drawn("killed for " + length, Outages.killed(length)),
            length -> new Drawn("frozen for " + length, Outages.frozen(length)),
            length -> command("CLIENT", "KILL", "TYPE", "normal"),
            length -> command("CLIENT", "KILL", "TYPE", "pubsub"),
            length -> command("SCRIPT", "FLUSH"),
            length ->
                    new Drawn("black-holed", Outages.atOnce(site -> site.proxy().blackHoleConnections())),
            length -> new Drawn("cut", Outages.atOnce(site -> site.proxy().cutConnections())),
            length -> new Drawn("roles swapped", Outages.rolesSwapped()),
            length -> new Drawn("primary lost", Outages.primaryLost()),
            length -> new Drawn(
                    "messages swallowed for " + length,
                    Outages.lasting(length, site -> site.proxy().swallowMessages(true), site -> site.proxy()
                            .swallowMessages(false))),
            length -> new Drawn(
                    "answers 300 ms late for " + length,
                    Outages.lasting(
                            length, site -> site.proxy().delayAnswers(Duration.ofMillis(300)), site -> site.proxy()
                                    .delayAnswers(Duration.ZERO))),
            length -> new Drawn(
                    "connections refused for " + length,
                    Outages.lasting(length, site -> site.proxy().refuse(true), site -> site.proxy()
                            .refuse(false))),
            length -> new Drawn("connections stranded for " + length, Outages.stranded(length)),
            length -> new Drawn("memory full for " + length, Outages.memoryFull(length)));

    private final Random random;

    RandomFaults(long seed) {
        random = new Random(seed);
    }

    Drawn next() {
        Duration length = Duration.ofMillis(SHORTEST_MS + random.nextInt(LONGEST_MS - SHORTEST_MS));
        return kinds.get(random.nextInt(kinds.size())).draw(length);
    }

    private static Drawn command(String... words) {
        return new Drawn(String.join(" ", words), Outages.command(words));
    }
}
