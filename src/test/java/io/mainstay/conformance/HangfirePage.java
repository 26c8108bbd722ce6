package io.mainstay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Sends the requests of docs/coming-from/hangfire.md in the order of the page, and answers http jobs as the shop there.
 * Anonymous objects of C# become JSON; the rest of the C# is ignored.
 */
final class HangfirePage {

    private static final Path PAGE = Path.of("docs/coming-from/hangfire.md");
    /** A call of the client, with an object or without. */
    private static final Pattern CALL = Pattern.compile(
            "(?s)http\\.(Post|Put|Delete)(?:AsJson)?Async\\(\"([^\"]+)\"" + "(?:, (?:null|new (\\{.*?\\n}))?)?\\);");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;
    private final int shop;

    HangfirePage(URI service, int shop) {
        this.service = service;
        this.shop = shop;
    }

    /** What each request led to. */
    List<String> play() throws IOException, InterruptedException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), shop), 0);
        receiver.createContext("/jobs/", HangfirePage::answer);
        receiver.start();
        try {
            List<String> results = new ArrayList<>();
            for (MatchResult call :
                    CALL.matcher(Files.readString(PAGE)).results().toList()) {
                results.add(send(call));
            }
            return results;
        } finally {
            receiver.stop(0);
        }
    }

    /** The mail server is busy at first. */
    private static void answer(HttpExchange exchange) throws IOException {
        boolean busy = exchange.getRequestURI().getPath().equals("/jobs/welcome")
                && exchange.getRequestHeaders().getFirst("Mainstay-Attempt").equals("1");
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(busy ? 503 : 204, -1);
        exchange.close();
    }

    private String send(MatchResult call) throws IOException, InterruptedException {
        String method = call.group(1).toUpperCase(Locale.ROOT);
        HttpRequest.BodyPublisher body = call.group(3) == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json(call.group(3)));
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/" + call.group(2)))
                .method(method, body)
                .header("Content-Type", "application/json")
                .build();
        JsonNode answer = read(request);
        if (!answer.has("state")) {
            return method + " " + call.group(2) + ": ok";
        }
        JsonNode job = ended(answer);
        return method + " " + call.group(2) + ": " + job.path("state").asText() + ", attempt "
                + job.path("attempt").asInt();
    }

    /** A job that is due is waited for. */
    private JsonNode ended(JsonNode job) throws IOException, InterruptedException {
        if (job.path("state").asText().matches("scheduled|cancelled")) {
            return job;
        }
        String path = "/v1/queues/" + job.path("queue").asText() + "/jobs/"
                + job.path("id").asText();
        return read(HttpRequest.newBuilder(service.resolve(path))
                .header("Prefer", "wait=30")
                .build());
    }

    private JsonNode read(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }

    private String json(String anonymousObject) {
        return anonymousObject
                .replaceAll("new \\{", "{")
                .replaceAll("(\\w+) = ", "\"$1\": ")
                .replaceAll(",\\s*}", "}")
                .replace("https://shop.example", "http://127.0.0.1:" + shop);
    }
}
