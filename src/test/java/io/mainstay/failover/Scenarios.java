package io.mainstay.failover;

import static io.mainstay.failover.Limits.resumeIn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the lab tries, in the order in which sites can be shared. */
final class Scenarios {

    static final SiteKind<OneAddress> ONE_ADDRESS = new SiteKind<>("one address", () -> new OneAddress(1, Map.of()));
    private static final SiteKind<OneAddress> TWO_INSTANCES = new SiteKind<>(
            "one address, two instances", () -> new OneAddress(2, Map.of("mainstay.lease.duration", "PT3S")));
    private static final SiteKind<OneAddress> WORKERS_ELSEWHERE =
            new SiteKind<>("one address, workers elsewhere", WorkersElsewhere::new);
    private static final SiteKind<OneAddress> SMALL_DISK = new SiteKind<>("small disk", SmallDisk::site);
    private static final SiteKind<Sentinels> SENTINELS = new SiteKind<>("sentinels", () -> new Sentinels(1));
    /** What a failover of their own leaves with sentinels may later undo what servers did by themselves. */
    private static final SiteKind<Sentinels> FRESH_SENTINELS =
            new SiteKind<>("sentinels that made no primary yet", () -> new Sentinels(1));

    private static final SiteKind<Shards> CLUSTER = new SiteKind<>("cluster", Shards::new);

    /** Jobs a second. */
    static final int USUAL = 200;

    private static final int RARE = 5;

    private Scenarios() {}

    /** @param full whether outages last as long as the promises say, or as short as shows the same */
    static List<Scenario<?>> all(boolean full) {
        List<Scenario<?>> all = new ArrayList<>();
        all.add(new Scenario<>(
                "Redis killed, back at once",
                ONE_ADDRESS,
                Outages.killed(Duration.ZERO),
                resumeIn(1).subscribedIn(3)));
        all.add(new Scenario<>(
                "Redis killed, back after 5 s",
                ONE_ADDRESS,
                Outages.killed(seconds(5)),
                resumeIn(1).subscribedIn(3)));
        if (full) {
            all.add(new Scenario<>(
                    "Redis killed, back after 60 s",
                    ONE_ADDRESS,
                    Outages.killed(seconds(60)),
                    resumeIn(1).subscribedIn(3)));
        }
        all.add(new Scenario<>(
                "CLIENT KILL TYPE normal",
                ONE_ADDRESS,
                Outages.command("CLIENT", "KILL", "TYPE", "normal"),
                resumeIn(0.5)));
        all.add(new Scenario<>(
                "CLIENT KILL TYPE pubsub",
                ONE_ADDRESS,
                Outages.command("CLIENT", "KILL", "TYPE", "pubsub"),
                resumeIn(0.5).subscribedIn(2)));
        all.add(new Scenario<>(
                "old connections black-holed",
                ONE_ADDRESS,
                Outages.atOnce(site -> site.proxy().blackHoleConnections()),
                resumeIn(2).subscribedIn(3).answersIn(3)));
        if (full) {
            all.add(new Scenario<>(
                    "packets of old connections dropped",
                    ONE_ADDRESS,
                    Outages.atOnce(site -> site.proxy().dropPackets()),
                    resumeIn(2).subscribedIn(3).answersIn(3)));
        }
        all.add(new Scenario<>(
                "connections taken and never answered for 3 s",
                ONE_ADDRESS,
                Outages.stranded(seconds(3)),
                resumeIn(2).subscribedIn(3)));
        Duration frozen = seconds(full ? 20 : 5);
        all.add(new Scenario<>(
                "Redis stopped (SIGSTOP) for " + frozen.toSeconds() + " s",
                ONE_ADDRESS,
                Outages.frozen(frozen),
                resumeIn(1)));
        all.add(new Scenario<>(
                "SCRIPT FLUSH",
                ONE_ADDRESS,
                Outages.command("SCRIPT", "FLUSH"),
                resumeIn(0.5).answersIn(3)));
        all.add(new Scenario<>("maxmemory reached for 3 s", ONE_ADDRESS, Outages.memoryFull(seconds(3)), resumeIn(1)));
        all.add(new Scenario<>(
                "published messages swallowed for 5 s",
                ONE_ADDRESS,
                Outages.lasting(seconds(5), site -> site.proxy().swallowMessages(true), site -> site.proxy()
                        .swallowMessages(false)),
                resumeIn(1).startsIn(1).answersIn(3),
                RARE,
                false));
        all.add(new Scenario<>(
                "pub/sub forbidden (ACL) for 5 s",
                ONE_ADDRESS,
                Outages.lasting(
                        seconds(5),
                        site -> {
                            site.primary().call("ACL", "SETUSER", "default", "-subscribe");
                            site.primary().call("CLIENT", "KILL", "TYPE", "pubsub");
                        },
                        site -> site.primary().call("ACL", "SETUSER", "default", "+subscribe")),
                resumeIn(1).startsIn(1).answersIn(3),
                RARE,
                false));
        all.add(new Scenario<>(
                "roles swapped behind one address",
                ONE_ADDRESS,
                Outages.rolesSwapped(),
                // No new subscription is asked for: the old one hangs on what is a replica now, which passes on what is
                // published on its primary, canaries included.
                resumeIn(2)));
        Duration gone = seconds(full ? 600 : 9);
        all.add(new Scenario<>(
                "Redis gone for " + gone.toSeconds() + " s: live 200, ready 503",
                ONE_ADDRESS,
                Outages.goneForLong(gone),
                resumeIn(1).subscribedIn(3),
                USUAL,
                full));
        all.add(new Scenario<>(
                "AOF disk full (MISCONF) for 3 s", SMALL_DISK, SmallDisk.full(seconds(3)), resumeIn(1.5)));
        Duration asleep = seconds(full ? 30 : 8);
        all.add(new Scenario<>(
                "worker frozen for " + asleep.toSeconds() + " s, leases of 3 s",
                TWO_INSTANCES,
                Outages.workerFrozen(asleep),
                resumeIn(1)));
        all.addAll(withWorkersElsewhere());
        all.add(new Scenario<>(
                "Sentinel: primary killed",
                SENTINELS,
                Failovers.primaryKilled(),
                resumeIn(2).losingWhatRedisLoses()));
        all.add(new Scenario<>(
                "SENTINEL FAILOVER",
                SENTINELS,
                Failovers.sentinelFailover(),
                resumeIn(2).losingWhatRedisLoses()));
        all.add(new Scenario<>("FAILOVER TO on live sockets", FRESH_SENTINELS, Failovers.failoverTo(), resumeIn(2)));
        all.add(new Scenario<>("Cluster: slot moved", CLUSTER, Failovers.slotsMoved(), resumeIn(2)));
        all.add(new Scenario<>(
                "Cluster: primary killed",
                CLUSTER,
                Failovers.shardPrimaryKilled(),
                resumeIn(2).losingWhatRedisLoses()));
        return all;
    }

    /** Jobs are leased over REST. */
    private static List<Scenario<?>> withWorkersElsewhere() {
        return List.of(
                new Scenario<>(
                        "workers elsewhere: instance killed while they wait at it",
                        WORKERS_ELSEWHERE,
                        WorkersElsewhere.instanceKilled(),
                        resumeIn(2)),
                new Scenario<>(
                        "workers elsewhere: Redis killed, back at once",
                        WORKERS_ELSEWHERE,
                        Outages.killed(Duration.ZERO),
                        resumeIn(2)),
                new Scenario<>(
                        "workers elsewhere: old connections black-holed",
                        WORKERS_ELSEWHERE,
                        Outages.atOnce(site -> site.proxy().blackHoleConnections()),
                        resumeIn(2)),
                new Scenario<>(
                        "workers elsewhere: published messages swallowed for 5 s",
                        WORKERS_ELSEWHERE,
                        Outages.lasting(seconds(5), site -> site.proxy().swallowMessages(true), site -> site.proxy()
                                .swallowMessages(false)),
                        resumeIn(2).startsIn(2),
                        RARE,
                        false));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
