package io.mainstay.failover;

import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Redis in one shape or another, and the service on it. */
abstract class Site implements AutoCloseable {

    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private Map<String, String> config = Map.of();

    /** Every Redis server of the site, dead ones included. */
    abstract List<RedisNode> nodes();

    /** Who takes writes for a queue. */
    abstract RedisNode primaryOf(String queue);

    final List<ServiceProcess> services() {
        return services;
    }

    /** The instance that requests are sent to; no fault strikes it. */
    final ServiceProcess front() {
        return services.get(services.size() - 1);
    }

    /** Connections that are subscribed to something, by node, number and address: new ones are told from old ones. */
    final Set<String> subscribers() {
        return nodes().stream().flatMap(Site::subscribersOf).collect(Collectors.toSet());
    }

    static Stream<String> subscribersOf(RedisNode node) {
        return node.call("CLIENT", "LIST", "TYPE", "pubsub")
                .lines()
                .filter(line -> line.startsWith("id=") && !line.contains(" sub=0 "))
                .map(line -> node.port() + " " + line.substring(0, line.indexOf(" laddr=")));
    }

    final void startServices(int count, Map<String, String> config) {
        Map<String, String> all = new HashMap<>(Map.of(
                "mainstay.handlers.demo",
                "true",
                "mainstay.retention.succeeded.max-count",
                "1000000",
                "quarkus.log.category.\"io.mainstay\".level",
                "DEBUG"));
        all.putAll(config);
        this.config = Map.copyOf(all);
        Stream.generate(this::startService).limit(count).forEach(services::add);
        services.forEach(ServiceProcess::awaitReady);
    }

    /** Starts one more as those before, for the place of one that is gone; it does not count as one of the site yet. */
    final ServiceProcess startService() {
        return new ServiceProcess(address(), config);
    }

    /** For quarkus.redis.hosts. */
    abstract String address();

    /** Undoes what an earlier fault may have left, so that the next one strikes what it is meant to strike. */
    void settle() {}

    /** Begins to run jobs of a queue, where the services do not run them themselves; until it is closed. */
    Workers workers(String queue) {
        return () -> {};
    }

    /** Run jobs until they are closed. */
    interface Workers extends AutoCloseable {
        @Override
        void close();
    }

    /** Ends what Redis there is. */
    abstract void closeRedis();

    @Override
    public final void close() {
        services.forEach(ServiceProcess::close);
        closeRedis();
    }
}
