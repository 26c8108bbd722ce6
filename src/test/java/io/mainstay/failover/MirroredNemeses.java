package io.mainstay.failover;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Faults of one of two stores: those of a single one, and some that last for so long that the other store takes over. */
final class MirroredNemeses {

    /** For how long an owner may be silent: the shortest there is. */
    static final Duration HOLD = Duration.ofSeconds(5);

    private static final int LONGER_MS = 500;
    private static final int LONGEST_MS = 4_000;
    private static final String REGISTRY = "registry";

    private static final List<Nemesis> LONG = List.of(
            Nemesis.lasting("killed-long", MirroredNemeses::length, Outages::killed),
            Nemesis.lasting("frozen-long", MirroredNemeses::length, Outages::frozen),
            Nemesis.lasting("stranded-long", MirroredNemeses::length, Outages::stranded),
            Nemesis.lasting("memory-full-long", MirroredNemeses::length, Outages::memoryFull),
            Nemesis.lasting(
                    "refused-long",
                    MirroredNemeses::length,
                    length -> Outages.lasting(length, site -> site.proxy().refuse(true), site -> site.proxy()
                            .refuse(false))),
            Nemesis.lasting(
                    "late-long",
                    MirroredNemeses::length,
                    length -> Outages.lasting(
                            length, site -> site.proxy().delayAnswers(Duration.ofSeconds(1)), site -> site.proxy()
                                    .delayAnswers(Duration.ZERO))),
            new Nemesis("empty-long", random -> {
                Duration gone = length(random);
                return new Nemesis.Drawn("empty after " + gone, run -> Losses.empty(run, gone));
            }),
            new Nemesis("older-long", random -> {
                Duration age = Nemesis.length(random);
                Duration gone = length(random);
                return new Nemesis.Drawn(
                        "older by %s after %s".formatted(age, gone), run -> Losses.older(run, age, gone));
            }));

    private static final Set<String> TAKE_DATA = Set.of("primary-lost", "empty", "older", "empty-long", "older-long");

    private MirroredNemeses() {}

    static List<Nemesis> all() {
        return Stream.of(
                        // The queue that has the names of others is mirrored as they are.
                        Nemeses.all().stream().filter(nemesis -> !nemesis.name().equals(REGISTRY)),
                        Stream.of(new Nemesis(REGISTRY, random -> new Nemesis.Drawn(REGISTRY, Losses::namesLost))),
                        LONG.stream())
                .flatMap(some -> some)
                .toList();
    }

    /** Whether a store is without data afterwards that it had. */
    static boolean takesData(String kind) {
        return TAKE_DATA.contains(kind);
    }

    private static Duration length(Random random) {
        return HOLD.plusMillis(LONGER_MS + random.nextInt(LONGEST_MS - LONGER_MS));
    }
}
