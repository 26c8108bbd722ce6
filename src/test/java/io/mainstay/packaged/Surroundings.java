package io.mainstay.packaged;

import com.sun.net.httpserver.HttpServer;
import io.mainstay.auth.TestKeys;
import io.mainstay.process.Ports;
import io.mainstay.process.RedisNode;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A Redis of its own for the packaged service, and somebody who takes its http jobs. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    /** What the tests need of it. One at a time: the packaged service is started once for them. */
    static RedisNode redis;

    static String target;
    /** Behind {@link #target}: answered as by a receiver that is gone for good. */
    static final String GONE = "/gone";
    /** Of an administrator. */
    static String key;

    static Map<String, String> config;
    /** Where the receiver was asked to report. */
    static BlockingQueue<String> reportUrls = new LinkedBlockingQueue<>();
    /** Of the packaged service: where its probes and metrics are. */
    static int managementPort;

    private HttpServer receiver;

    @Override
    public Map<String, String> start() {
        try {
            redis = RedisNode.start().awaitUp();
            receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            receiver.createContext("/", exchange -> {
                String report = exchange.getRequestHeaders().getFirst("Mainstay-Report-Url");
                if (report != null) {
                    exchange.getResponseHeaders().set("Mainstay-Pending", "true");
                    reportUrls.add(report);
                }
                boolean gone = exchange.getRequestURI().getPath().endsWith(GONE);
                exchange.sendResponseHeaders(gone ? 410 : report == null ? 204 : 202, -1);
                exchange.close();
            });
            receiver.start();
            managementPort = Ports.free();
            target = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
            String line = TestKeys.line("packaged admin * payload");
            key = TestKeys.keyOf(line);
            config = new HashMap<>(Map.of(
                    "mainstay.security.keys-file", TestKeys.file(line).toString(),
                    "quarkus.redis.hosts", redis.address(),
                    "mainstay.handlers.demo", "true",
                    "mainstay.http.allow", target,
                    "mainstay.http.allow-subnets", "127.0.0.0/8",
                    "mainstay.http.callback-base", "http://mainstay.example",
                    "mainstay.lease.duration", "PT3S",
                    "mainstay.retention.interval", "PT1S",
                    "mainstay.worker.grace-period", "PT1S",
                    "quarkus.http.host", "127.0.0.1"));
            Map<String, String> packaged = new HashMap<>(config);
            packaged.put("mainstay.handlers.probe-interval", "PT1S");
            packaged.put("mainstay.stats.interval", "PT1S");
            packaged.put("quarkus.management.port", Integer.toString(managementPort));
            return packaged;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (receiver != null) {
            receiver.stop(0);
        }
        if (redis != null) {
            redis.close();
        }
    }
}
