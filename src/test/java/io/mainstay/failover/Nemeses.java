package io.mainstay.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Faults in random order and length: each kind once, then as they are drawn. The same seed gives the same ones. */
final class Nemeses {

    private static final List<Nemesis> OF_REDIS = List.of(
            Nemesis.lasting("killed", Outages::killed),
            Nemesis.lasting("frozen", Outages::frozen),
            Nemesis.of("kill-normal", Outages.command("CLIENT", "KILL", "TYPE", "normal")),
            Nemesis.of("kill-pubsub", Outages.command("CLIENT", "KILL", "TYPE", "pubsub")),
            Nemesis.of("script-flush", Outages.command("SCRIPT", "FLUSH")),
            Nemesis.of("black-hole", Outages.atOnce(site -> site.proxy().blackHoleConnections())),
            Nemesis.of("cut", Outages.atOnce(site -> site.proxy().cutConnections())),
            Nemesis.of("roles-swapped", Outages.rolesSwapped()),
            Nemesis.lasting(
                    "swallowed",
                    length -> Outages.lasting(length, site -> site.proxy().swallowMessages(true), site -> site.proxy()
                            .swallowMessages(false))),
            Nemesis.lasting(
                    "late",
                    length -> Outages.lasting(
                            length, site -> site.proxy().delayAnswers(Duration.ofMillis(300)), site -> site.proxy()
                                    .delayAnswers(Duration.ZERO))),
            Nemesis.lasting(
                    "refused",
                    length -> Outages.lasting(length, site -> site.proxy().refuse(true), site -> site.proxy()
                            .refuse(false))),
            Nemesis.lasting("stranded", Outages::stranded),
            Nemesis.lasting("memory-full", Outages::memoryFull));

    private final List<Nemesis> kinds;
    private final List<Nemesis> first;
    private final Random random;

    /** @param names comma-separated; empty for all that this machine has */
    Nemeses(String names, long seed) {
        this(all(), names, seed);
    }

    Nemeses(List<Nemesis> all, String names, long seed) {
        kinds = names.isEmpty() ? all : chosen(all, List.of(names.split(",")));
        random = new Random(seed);
        first = new ArrayList<>(kinds);
        Collections.shuffle(first, random);
    }

    /** Those that this machine has. */
    static List<Nemesis> all() {
        return Stream.of(OF_REDIS, Losses.ALL, Surroundings.all())
                .flatMap(List::stream)
                .toList();
    }

    int kinds() {
        return kinds.size();
    }

    /** The name of its kind and what to do. */
    record Next(String kind, Nemesis.Drawn drawn) {}

    Next next() {
        Nemesis kind = first.isEmpty() ? kinds.get(random.nextInt(kinds.size())) : first.remove(0);
        return new Next(kind.name(), kind.draw().from(random));
    }

    private static List<Nemesis> chosen(List<Nemesis> all, List<String> names) {
        return names.stream()
                .map(name -> all.stream()
                        .filter(nemesis -> nemesis.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("mainstay.chaos.nemeses: no %s among %s"
                                .formatted(name, all.stream().map(Nemesis::name).toList()))))
                .toList();
    }
}
