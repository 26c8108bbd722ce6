package io.mainstay.http;

import io.mainstay.http.url.AllowedUrls;
import io.mainstay.http.url.UrlPrefix;
import io.mainstay.queue.JobsConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What follows from the configuration of http jobs, checked when the service starts. Immutable. */
@Singleton
@Startup
class HttpSettings {

    /** Room in a result, which may be as large as a payload, for what is around the body. */
    private static final int AROUND_BODY = 128;

    private final AllowedUrls allowed;
    private final Optional<String> callbackBase;
    private final Set<Integer> retryStatuses;
    private final int maxResponse;

    @Inject
    HttpSettings(HttpConfig config, JobsConfig jobs) {
        this(config, jobs.maxPayload().asLongValue());
    }

    /** @param maxResult largest result of a job, in bytes of its JSON text */
    HttpSettings(HttpConfig config, long maxResult) {
        HttpConfig.check(config);
        this.callbackBase = config.callbackBase().map(HttpSettings::base);
        this.allowed = new AllowedUrls(config.allow().orElse(List.of()));
        this.retryStatuses = Set.copyOf(config.retryStatuses().orElse(List.of()));
        this.maxResponse = (int) Math.max(0, Math.min(config.maxResponse().asLongValue(), maxResult - AROUND_BODY));
    }

    AllowedUrls allowed() {
        return allowed;
    }

    /** Where receivers reach this service, without a slash at the end. */
    Optional<String> callbackBase() {
        return callbackBase;
    }

    private static String base(String text) {
        UrlPrefix.parse("mainstay.http.callback-base", text);
        return text.strip().replaceAll("/+$", "");
    }

    /** Statuses from 400 to 499 that are not final. */
    Set<Integer> retryStatuses() {
        return retryStatuses;
    }

    /** Bytes of a response that are read. */
    int maxResponse() {
        return maxResponse;
    }
}
