package io.mainstay.failover;

import io.mainstay.failover.history.Strike;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Faults after which something is gone: data, their registry, instances. What they take, they note down. */
final class Losses {

    static final List<Nemesis> ALL = List.of(
            new Nemesis("primary-lost", random -> new Nemesis.Drawn("primary-lost", Losses::primaryLost)),
            new Nemesis("empty", random -> new Nemesis.Drawn("empty", Losses::empty)),
            new Nemesis("older", random -> {
                Duration age = Nemesis.length(random);
                return new Nemesis.Drawn("older by " + age, run -> older(run, age));
            }),
            new Nemesis("registry", random -> new Nemesis.Drawn("registry", Losses::registry)),
            new Nemesis("sigterm", random -> new Nemesis.Drawn("sigterm", Losses::terminated)),
            new Nemesis("sigkill", random -> new Nemesis.Drawn("sigkill", Losses::killed)));

    /** Names of queues, of all buckets. */
    private static final String DELETE_NAMES =
            "for _, key in ipairs(redis.call('KEYS', 'ms:{[0-9]*}:names')) do redis.call('DEL', key) end return 1";

    private static final int FORGOTTEN_JOBS = 3;
    /** Replicas that are in sync are behind by less. */
    private static final Duration BEHIND = Duration.ofSeconds(1);

    private Losses() {}

    private static Instant primaryLost(ChaosRun run) throws InterruptedException {
        Instant from = Instant.now().minus(BEHIND);
        Instant answerable = Outages.primaryLost().strike(run.trial());
        run.note(new Strike.Lost(from, answerable, false));
        return answerable;
    }

    /** Redis and its replica come back without anything. */
    private static Instant empty(ChaosRun run) throws InterruptedException {
        return empty(run, Duration.ZERO);
    }

    /** @param gone for so long it is away before */
    static Instant empty(ChaosRun run, Duration gone) throws InterruptedException {
        RedisNode redis = run.site().primary();
        if (!gone.isZero()) {
            redis.kill();
            run.trial().last(gone);
        }
        redis.restartEmpty();
        return forgotten(run, redis, Instant.EPOCH);
    }

    /** Redis and its replica come back with what they held a while ago. */
    private static Instant older(ChaosRun run, Duration age) throws InterruptedException {
        return older(run, age, Duration.ZERO);
    }

    /** @param gone for so long it is away before */
    static Instant older(ChaosRun run, Duration age, Duration gone) throws InterruptedException {
        RedisNode redis = run.site().primary();
        Path dump = temporary();
        try {
            Instant from = Instant.now();
            redis.dumpTo(dump);
            run.trial().last(age);
            if (!gone.isZero()) {
                redis.kill();
                run.trial().last(gone);
            }
            redis.restartFrom(dump);
            return forgotten(run, redis, from);
        } finally {
            dump.toFile().delete();
        }
    }

    private static Instant forgotten(ChaosRun run, RedisNode redis, Instant from) {
        redis.awaitUp();
        Instant answerable = Instant.now();
        run.note(new Strike.Lost(from, answerable, true));
        run.site().awaitReplicaInSync();
        return answerable;
    }

    /** The names of queues are gone, and so is the one instance that knew of a job there. */
    private static Instant registry(ChaosRun run) {
        ServiceProcess victim = run.home().victim();
        String queue = run.newQueue();
        for (int i = 0; i < FORGOTTEN_JOBS; i++) {
            run.traffic().sendDelayed(victim, queue);
        }
        return namesLost(run);
    }

    /** And so is the first instance. */
    static Instant namesLost(ChaosRun run) {
        run.site().primary().call("EVAL", DELETE_NAMES, "0");
        return killed(run);
    }

    /** Where the names of all queues are that share a bucket with this one. */
    private static Instant killed(ChaosRun run) {
        ServiceProcess victim = run.home().victim();
        run.home().withdraw(victim);
        Instant struck = Instant.now();
        victim.kill();
        run.note(new Strike.Killed(MixedTraffic.name(victim), struck));
        run.afterwards(run.home()::replaceVictim);
        return struck;
    }

    /** Requests are under way when it is asked to end, and more come while it does. */
    private static Instant terminated(ChaosRun run) {
        ServiceProcess victim = run.home().victim();
        Instant struck = Instant.now();
        victim.requestEnd();
        run.home().withdraw(victim);
        run.afterwards(() -> {
            victim.awaitExit();
            run.note(new Strike.Ended(MixedTraffic.name(victim), struck, Instant.now()));
            run.home().replaceVictim();
        });
        return struck;
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("mainstay-dump-", ".rdb");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
