package io.mainstay.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Sends requests to the service, each once. Thread-safe. */
final class Http {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final int FIRST_ERROR = 400;

    /**
     * @param path with its query, from {@code /v1} on
     * @param body JSON text, or null for none
     * @param headers besides those of every request
     * @param limit how long the answer may take
     */
    record Request(String method, String path, String body, Map<String, String> headers, Duration limit) {}

    /** @param body null, the JSON value, if there is none */
    record Answer(int status, JsonValue body, Optional<Duration> retryAfter) {

        boolean refused() {
            return status >= FIRST_ERROR;
        }

        /** Whether the same request may fare better later. */
        boolean triedAgain() {
            return status == 408 || status == 429 || status == 502 || status == 503 || status == 504;
        }

        /** The same, also because rights may be given meanwhile. */
        boolean mayFareBetter() {
            return triedAgain() || lacksRights();
        }

        boolean lacksRights() {
            return status == 401 || status == 403;
        }

        ProblemException problem() {
            return new ProblemException(status, body);
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final String base;
    private final Supplier<String> key;

    /** @param key asked for each request; empty for none */
    Http(URI base, Supplier<String> key) {
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.key = key;
    }

    /** Cancelling it ends the request. */
    CompletableFuture<HttpResponse<String>> send(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + request.path()))
                .timeout(request.limit())
                .method(
                        request.method(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(request.body()))
                .header("Accept", "application/json");
        if (request.body() != null) {
            builder.header("Content-Type", "application/json");
        }
        String secret = key.get();
        if (!secret.isEmpty()) {
            builder.header("Authorization", "Bearer " + secret);
        }
        request.headers().forEach(builder::header);
        return client.sendAsync(builder.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** @throws IllegalArgumentException if it says to be JSON and is not */
    static Answer read(HttpResponse<String> response) {
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        JsonValue body = json && !response.body().isEmpty() ? JsonValue.parse(response.body()) : JsonValue.NULL;
        return new Answer(response.statusCode(), body, retryAfter(response));
    }

    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
