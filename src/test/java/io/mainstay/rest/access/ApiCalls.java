package io.mainstay.rest.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Calls operations of the API for one caller. */
record ApiCalls(URI service, String caller) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOST = 1 << 20;

    /** @param text headers and body; of an event stream, the headers */
    record Answer(int status, String text) {}

    Answer get(String path) {
        return call("GET", path, null);
    }

    /** @param body as JSON, or null for none */
    Answer call(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (caller != null) {
            request.header(CallerByHeader.HEADER, caller);
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                boolean stream =
                        response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
                String read = stream ? "" : new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
                return new Answer(response.statusCode(), response.headers().map() + "\n" + read);
            }
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
