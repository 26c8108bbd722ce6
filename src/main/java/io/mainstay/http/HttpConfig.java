package io.mainstay.http;

import io.mainstay.job.Bounds;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Jobs of the {@code http} handler: whom they may call, and with what bounds. */
@ConfigMapping(prefix = "mainstay.http")
public interface HttpConfig {

    /**
     * URLs that jobs may call, with all that is below them: {@code https://a.example/hooks} allows that path and
     * {@code /hooks/…}, not {@code /hooks2}; {@code https://a.example} allows the whole host. Scheme, host and port
     * must be the same. Not given: no http job is accepted.
     */
    Optional<List<String>> allow();

    /**
     * Subnets that requests may go to although they are not of the public internet, as {@code 10.1.0.0/16} or {@code fd12::/16}. A host
     * of which any address is elsewhere is refused. Not given: there are none; in the dev and test profiles loopback.
     */
    Optional<List<String>> allowSubnets();

    /**
     * Where receivers reach this service, for jobs with {@code http.callback}: a URL without a query, to which {@code /v1/callbacks/…} is
     * added. Not given: such jobs are refused.
     */
    Optional<String> callbackBase();

    /**
     * Statuses from 400 to 499 after which a job is tried again; all others of that range bury it. An empty value makes
     * every one of them final.
     */
    @WithDefault("408,425,429")
    Optional<List<Integer>> retryStatuses();

    /**
     * How much of a response is read, 0 to 64M, but no more than fits a result, which is as large as a payload may be.
     * A longer JSON body is left out of the job's result; at 0 all are.
     */
    @WithDefault("64K")
    MemorySize maxResponse();

    /** Connections to one host and port, 1 to 10000; requests beyond wait within their own time-out. */
    @WithDefault("64")
    int connections();

    /** Most requests waiting for a connection to one host and port, 0 to 100000; beyond, the attempt fails. */
    @WithDefault("10000")
    int maxWaiting();

    /** How long looking up a name may take, and then establishing a connection, PT0.1S to PT1M. */
    @WithDefault("PT5S")
    Duration connectTimeout();

    /**
     * How long after its time-out an attempt of a job with {@code "overlap": "wait"} is held while its connection is open, PT0.1S to PT24H.
     */
    @WithDefault("PT5M")
    Duration overlapWait();

    /**
     * How long an idle connection is kept, PT1S to PT1H, in whole seconds. Keep it below what the servers do, or
     * requests meet connections that are being closed.
     */
    @WithDefault("PT15S")
    Duration keepAlive();

    /** Refuses values out of bounds. */
    static void check(HttpConfig config) {
        config.retryStatuses()
                .orElse(List.of())
                .forEach(status -> Bounds.between("mainstay.http.retry-statuses", status.intValue(), 400, 499));
        Bounds.between("mainstay.http.max-response", config.maxResponse().asLongValue(), 0, 64L << 20);
        Bounds.between("mainstay.http.connections", config.connections(), 1, 10_000);
        Bounds.between("mainstay.http.max-waiting", config.maxWaiting(), 0, 100_000);
        Bounds.between(
                "mainstay.http.connect-timeout",
                config.connectTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(1));
        Bounds.between("mainstay.http.overlap-wait", config.overlapWait(), Duration.ofMillis(100), Duration.ofDays(1));
        Bounds.between("mainstay.http.keep-alive", config.keepAlive(), Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
