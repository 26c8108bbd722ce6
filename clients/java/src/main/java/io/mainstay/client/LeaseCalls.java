package io.mainstay.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The calls about leases, as requests. */
final class LeaseCalls {

    /** Beyond what the service was asked to wait. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    private final Calls calls;
    private final WorkerSettings settings;
    /** What every claim says, but for its end. */
    private final String claim;

    LeaseCalls(Http http, WorkerSettings settings) {
        this.calls = new Calls(http, Duration.ZERO);
        this.settings = settings;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("worker", settings.name());
        fields.put("queues", settings.queues());
        fields.put("handlers", settings.handlers().keySet());
        fields.put("lease", settings.lease().toString());
        fields.put("concurrency", settings.concurrency());
        if (!settings.version().isEmpty()) {
            fields.put("version", settings.version());
        }
        String text = JsonValue.of(fields).text();
        this.claim = text.substring(0, text.length() - 1);
    }

    /** @param wait whole seconds */
    Http.Answer claim(String key, int max, List<Report> reports, int wait) throws IOException {
        String body = claim + ",\"max\":" + max + (reports.isEmpty() ? "" : ",\"reports\":" + array(reports)) + "}";
        Map<String, String> headers =
                wait == 0 ? Map.of("Idempotency-Key", key) : Map.of("Idempotency-Key", key, "Prefer", "wait=" + wait);
        return send("/v1/leases", body, headers, wait);
    }

    /** Ends a claim that waits: its own answer is empty then, or has the jobs that this one has as well. */
    Http.Answer endClaim(String key, int max) throws IOException {
        String body = claim + ",\"max\":" + max + "}";
        return calls.once(new Http.Request("POST", "/v1/leases", body, Map.of("Idempotency-Key", key), END_LIMIT));
    }

    /** The last request of the worker, so that it is not listed for longer than it is there. */
    void leave() throws IOException {
        String body = JsonValue.object("worker", settings.name(), "leases", List.of(), "leaving", true)
                .text();
        calls.once(new Http.Request("POST", "/v1/leases/extend", body, Map.of(), END_LIMIT));
    }

    Http.Answer report(List<Report> reports) throws IOException {
        return send("/v1/leases/report", "{\"reports\":" + array(reports) + "}", Map.of(), 0);
    }

    /** @param leases token and what else is to be told */
    static String extendBody(String worker, Collection<Map<String, Object>> leases) {
        return JsonValue.object("leases", JsonValue.of(leases), "worker", worker)
                .text();
    }

    Http.Answer extend(Collection<Map<String, Object>> leases) throws IOException {
        return send("/v1/leases/extend", extendBody(settings.name(), leases), Map.of(), 0);
    }

    /**
     * @param wait whole seconds
     * @param beyond how long the answer may take after that
     */
    static Http.Request extendRequest(String body, int wait, Duration beyond) {
        Map<String, String> headers = wait == 0 ? Map.of() : Map.of("Prefer", "wait=" + wait);
        return new Http.Request("POST", "/v1/leases/extend", body, headers, beyond.plusSeconds(wait));
    }

    private Http.Answer send(String path, String body, Map<String, String> headers, int wait) throws IOException {
        return calls.once(new Http.Request("POST", path, body, headers, LIMIT.plusSeconds(wait)));
    }

    private static String array(List<Report> reports) {
        return reports.stream().map(Report::json).collect(Collectors.joining(",", "[", "]"));
    }
}
