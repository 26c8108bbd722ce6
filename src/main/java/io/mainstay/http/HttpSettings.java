package io.mainstay.http;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.JobsConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The configuration of http jobs, checked when the service starts. Immutable. */
@Singleton
@Startup
class HttpSettings {

    /** Room in a result, which may be as large as a payload, for what is around the body. */
    private static final int AROUND_BODY = 128;

    private static final long MOST_RESPONSE = 64L * 1024 * 1024;

    private final AllowedUrls allowed;
    private final Set<Integer> retryStatuses;
    private final int maxResponse;
    private final HttpConfig config;

    @Inject
    HttpSettings(HttpConfig config, JobsConfig jobs) {
        this(config, jobs.maxPayload().asLongValue());
    }

    /** @param maxResult largest result of a job, in bytes of its JSON text */
    HttpSettings(HttpConfig config, long maxResult) {
        config.retryStatuses()
                .orElse(List.of())
                .forEach(status -> checkBetween("mainstay.http.retry-statuses", status, 400, 499));
        long response = config.maxResponse().asLongValue();
        checkBetween("mainstay.http.max-response", response, 0L, MOST_RESPONSE);
        checkBetween("mainstay.http.connections", config.connections(), 1, 10_000);
        checkBetween("mainstay.http.max-waiting", config.maxWaiting(), 0, 100_000);
        checkBetween(
                "mainstay.http.connect-timeout",
                config.connectTimeout(),
                Duration.ofMillis(100),
                Duration.ofMinutes(1));
        checkBetween("mainstay.http.keep-alive", config.keepAlive(), Duration.ofSeconds(1), Duration.ofHours(1));
        this.config = config;
        this.allowed = new AllowedUrls(config.allow().orElse(List.of()));
        this.retryStatuses = Set.copyOf(config.retryStatuses().orElse(List.of()));
        this.maxResponse = (int) Math.max(0, Math.min(response, maxResult - AROUND_BODY));
    }

    AllowedUrls allowed() {
        return allowed;
    }

    /** Statuses from 400 to 499 that are not final. */
    Set<Integer> retryStatuses() {
        return retryStatuses;
    }

    /** Bytes of a response that are read. */
    int maxResponse() {
        return maxResponse;
    }

    int connections() {
        return config.connections();
    }

    int maxWaiting() {
        return config.maxWaiting();
    }

    Duration connectTimeout() {
        return config.connectTimeout();
    }

    Duration keepAlive() {
        return config.keepAlive();
    }

    private static <T extends Comparable<T>> void checkBetween(String key, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
