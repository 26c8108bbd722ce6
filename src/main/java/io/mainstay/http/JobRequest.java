package io.mainstay.http;

import io.mainstay.handler.JobContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Set;

/** A job as the request that it is, but for where it is connected to and what proves that it comes from us. */
final class JobRequest {

    /** Of attempts of which nobody knows whether the receiver is done with them. */
    private static final Set<String> OPEN_ENDS = Set.of("timeout", "lease-expired", "not-received");

    private JobRequest() {}

    static RequestOptions of(HttpJob job, JobContext attempt) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(job.method()))
                .setSsl(job.url().ssl())
                .setHost(job.url().host())
                .setPort(job.url().port())
                .setURI(job.url().requestUri())
                .setFollowRedirects(false);
        options.putHeader("User-Agent", "Mainstay").putHeader("Idempotency-Key", attempt.idempotencyKey());
        attempt.trace().ifPresent(trace -> options.putHeader("traceparent", trace.value()));
        job.headers().forEach(options::putHeader);
        options.putHeader("Mainstay-Job-Id", attempt.id().value())
                .putHeader("Mainstay-Queue", attempt.queue().value())
                .putHeader("Mainstay-Attempt", Integer.toString(attempt.attempt()))
                .putHeader("Mainstay-Fence", Long.toString(attempt.fence()));
        // Not of the latest attempt alone: a receiver that refuses it because an earlier one is still at work ends
        // none.
        if (attempt.failures().stream().anyMatch(OPEN_ENDS::contains)) {
            options.putHeader("Mainstay-Previous-Attempt-May-Run", "true");
        }
        if (job.body() == null && job.expectsBody()) {
            options.putHeader(HttpHeaders.CONTENT_LENGTH, "0");
        }
        return options;
    }
}
