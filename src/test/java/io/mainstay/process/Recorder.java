package io.mainstay.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The application that jobs of the {@code http} handler call: remembers the latest attempt of each job it saw. */
final class Recorder implements AutoCloseable {

    private final Map<String, Integer> latestAttempts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final HttpServer server;

    Recorder() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::record);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Attempts by job id. */
    Map<String, Integer> latestAttempts() {
        return latestAttempts;
    }

    private void record(HttpExchange exchange) throws IOException {
        String job = exchange.getRequestHeaders().getFirst("Mainstay-Job-Id");
        int attempt = Integer.parseInt(exchange.getRequestHeaders().getFirst("Mainstay-Attempt"));
        latestAttempts.merge(job, attempt, Math::max);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
