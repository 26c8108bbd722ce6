package io.mainstay.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Configures a worker. Not thread-safe. */
public final class WorkerBuilder {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration LONGEST_LEASE = Duration.ofHours(12);
    private static final int MOST_AT_ONCE = 1000;
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private final Map<String, JobHandler> handlers = new LinkedHashMap<>();
    private final Http http;
    private final List<String> queues;
    private String name = nameOfProcess();
    private String version = "";
    private int concurrency = 10;
    private int connections = 1;
    private Duration lease = Duration.ofSeconds(30);
    private Duration grace = Duration.ofSeconds(20);

    WorkerBuilder(Http http, List<String> queues) {
        this.http = http;
        this.queues = queues;
        check("queues", queues.size(), 1, 20);
    }

    /** Adds a handler; up to 200. */
    public WorkerBuilder handler(String handler, JobHandler code) {
        handlers.put(handler, code);
        return this;
    }

    /** Of this process, 1 to 64 of {@code A-Z a-z 0-9 . _ -}; default: host name and a random suffix. */
    public WorkerBuilder name(String worker) {
        if (!worker.matches(NAME)) {
            throw new IllegalArgumentException("name is '%s', but must be %s".formatted(worker, NAME));
        }
        name = worker;
        return this;
    }

    /** Version of its code, shown in the list of workers. */
    public WorkerBuilder version(String text) {
        version = text;
        return this;
    }

    /** How many jobs run at the same time, 1 to 1000; default 10. */
    public WorkerBuilder concurrency(int jobs) {
        concurrency = check("concurrency", jobs, 1, MOST_AT_ONCE);
        return this;
    }

    /** How many connections ask for jobs at the same time, 1 to 64; default 1, which serves some thousand short jobs a second. */
    public WorkerBuilder connections(int number) {
        connections = check("connections", number, 1, 64);
        return this;
    }

    /**
     * Length of a lease, PT1S to PT12H; default 30 s. Short: jobs of a worker that died run again sooner. Long: running jobs
     * outlive a longer absence of the service.
     */
    public WorkerBuilder lease(Duration length) {
        if (length.compareTo(SHORTEST_LEASE) < 0 || length.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "lease is %s, but must be between %s and %s".formatted(length, SHORTEST_LEASE, LONGEST_LEASE));
        }
        lease = length;
        return this;
    }

    /** How long running jobs may continue after the worker was asked to end; default 20 s. Keep it below the platform's own. */
    public WorkerBuilder grace(Duration time) {
        grace = time;
        return this;
    }

    public Worker build() {
        check("handlers", handlers.size(), 1, 200);
        int used = Math.min(connections, concurrency);
        return new Worker(
                http, new WorkerSettings(name, version, queues, Map.copyOf(handlers), concurrency, used, lease, grace));
    }

    private static int check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d, but must be between %d and %d".formatted(what, value, least, most));
        }
        return value;
    }

    private static String nameOfProcess() {
        String end = "-" + UUID.randomUUID().toString().substring(0, 8);
        String host = hostName().replaceAll("[^A-Za-z0-9._-]", "-");
        return host.substring(0, Math.min(host.length(), 64 - end.length())) + end;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "worker";
        }
    }
}
