package io.mainstay.failover;

import io.mainstay.failover.nemesis.RedisClock;
import io.mainstay.failover.nemesis.SlowLink;
import io.mainstay.failover.nemesis.Target;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One address with two instances behind which everything can go wrong: the links to each Redis can be slow, the clock of
 * each can be stepped, the first instance can be ended.
 */
final class ChaosSite extends OneAddress {

    /** Of jobs; shorter than the longest fault of the link, so that leases run out in it. */
    static final Duration LEASE = Duration.ofSeconds(5);

    /** What stands around one Redis. */
    private static final class Place {
        private final RedisClock clock = new RedisClock();
        private final SlowLink link = new SlowLink(() -> node().port());
        private RedisNode node;

        /** Without the delay that a busy disk would bring: what Redis wrote, a kill of its process does not lose. */
        private RedisNode start(String... settings) {
            String[] all = Arrays.copyOf(settings, settings.length + 1);
            all[settings.length] = "appendfsync no";
            node = clock.start(all);
            return node;
        }

        private RedisNode node() {
            return node;
        }
    }

    private final Place first;
    private final Place second;
    private final Target target;

    ChaosSite(Map<String, String> config) {
        this(new Place(), new Place(), new Target(), 2, config);
    }

    /** Without instances: the second store of those of another site. */
    ChaosSite() {
        this(new Place(), new Place(), new Target(), 0, Map.of());
    }

    private ChaosSite(Place first, Place second, Target target, int instances, Map<String, String> config) {
        super(first.start(), node -> second.start(replicaOf(node)), node -> (node == first.node ? first : second)
                .link.port());
        this.first = first;
        this.second = second;
        this.target = target;
        if (instances > 0) {
            startServices(instances, config(target, config));
        }
    }

    private static Map<String, String> config(Target target, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("mainstay.http.allow", target.address());
        all.put("mainstay.http.allow-subnets", "127.0.0.0/8");
        all.put("mainstay.http.max-response", "256K");
        all.put("mainstay.lease.duration", LEASE.toString());
        return all;
    }

    Target target() {
        return target;
    }

    void carry(long bytesPerSecond) {
        first.link.carry(bytesPerSecond);
        second.link.carry(bytesPerSecond);
    }

    /** The primary's clock, or the replica's, which is seen when roles change. */
    void stepClock(RedisNode node, Duration by) {
        (node == first.node ? first : second).clock.step(by);
    }

    /** The instance that faults may end, and start again. */
    ServiceProcess victim() {
        return services().get(0);
    }

    /** Sends callers elsewhere from now on. */
    void withdraw(ServiceProcess victim) {
        services().remove(victim);
    }

    /** Starts one in the place of what was withdrawn; returns when it is ready. */
    void replaceVictim() {
        services().add(0, startService().awaitReady());
    }

    @Override
    void closeRedis() {
        super.closeRedis();
        target.close();
        first.link.close();
        second.link.close();
        first.clock.close();
        second.clock.close();
    }
}
