package io.mainstay.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service and its Redis that a test in another process can kill and start, each by a POST. */
final class FaultDesk implements AutoCloseable {

    private static final int DONE = 200;
    private static final int UNKNOWN = 404;
    private static final long NO_BODY = -1;

    private final RedisNode redis = RedisNode.start().awaitUp();
    private final Map<String, String> config;
    private final HttpServer orders;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private ServiceProcess service;

    FaultDesk(Map<String, String> config) {
        this.config = new HashMap<>(config);
        service = new ServiceProcess(redis.address(), config).awaitReady();
        // The next one is where this one was.
        this.config.put("quarkus.http.port", Integer.toString(service.uri("/").getPort()));
        try {
            orders = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        orders.setExecutor(thread);
        orders.createContext("/", this::take);
        orders.start();
    }

    String service() {
        return "http://127.0.0.1:" + service.uri("/").getPort();
    }

    String control() {
        return "http://127.0.0.1:" + orders.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        int status = DONE;
        switch (exchange.getRequestURI().getPath()) {
            case "/kill-instance" -> service.kill();
            case "/start-instance" -> service = new ServiceProcess(redis.address(), config).awaitReady();
            case "/kill-redis" -> redis.kill();
            case "/start-redis" -> {
                redis.restart();
                redis.awaitUp();
            }
            default -> status = UNKNOWN;
        }
        exchange.sendResponseHeaders(status, NO_BODY);
        exchange.close();
    }

    @Override
    public void close() {
        orders.stop(0);
        thread.shutdownNow();
        service.close();
        redis.close();
    }
}
