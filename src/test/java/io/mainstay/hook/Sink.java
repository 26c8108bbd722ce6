package io.mainstay.hook;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.mainstay.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who is told of events, at an address that is known before it is there. */
public final class Sink implements AutoCloseable {

    /** Profiles and tests have class loaders of their own. */
    private static final String PORT = "mainstay.test.sink";

    private final HttpServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    /** A request. */
    record Told(String path, String body, Headers headers) {

        String id() {
            return headers.getFirst("webhook-id");
        }
    }

    public Sink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            told.add(new Told(exchange.getRequestURI().getPath(), body, exchange.getRequestHeaders()));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    /** Where it is, or will be. */
    public static String url() {
        return "http://127.0.0.1:" + port();
    }

    private static synchronized int port() {
        if (System.getProperty(PORT) == null) {
            System.setProperty(PORT, Integer.toString(Ports.free()));
        }
        return Integer.getInteger(PORT);
    }

    void answer(int with) {
        status = with;
    }

    /** What it was told at a path. */
    List<Told> toldAt(String path) {
        return told.stream().filter(each -> each.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
