package io.mainstay.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.mainstay.job.InvalidValueException;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.opentelemetry.runtime.config.runtime.exporter.OtlpExporterConfigBuilder;
import io.quarkus.opentelemetry.runtime.config.runtime.exporter.OtlpExporterRuntimeConfig;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spans on their way to a collector. */
class ExporterBeansTest {

    private record Received(String path, String type, String key, String body) {}

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer collector;

    @BeforeEach
    void startCollector() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("X-Key"),
                    new String(body, StandardCharsets.ISO_8859_1)));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void spansArriveByHttp() throws InterruptedException {
        SpanExporter exporter = exporter(Map.of("headers", "X-Key=a=b"));

        assertThat(exporter.export(List.of(span())).join(5, TimeUnit.SECONDS).isSuccess())
                .isTrue();

        Received request = received.poll(5, TimeUnit.SECONDS);
        assertThat(request.path()).isEqualTo("/v1/traces");
        assertThat(request.type()).isEqualTo("application/x-protobuf");
        assertThat(request.key()).isEqualTo("a=b");
        assertThat(request.body()).contains("process mail");
    }

    @Test
    void anotherProtocolIsRefused() {
        assertThatThrownBy(() -> exporter(Map.of("protocol", "grpc")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("quarkus.otel.exporter.otlp.protocol is 'grpc', but must be http/protobuf");
    }

    @Test
    void aHeaderWithoutAValueIsRefusedAndNotShown() {
        assertThatThrownBy(() -> exporter(Map.of("headers", "secret")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageNotContaining("secret");
    }

    private SpanExporter exporter(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
        properties.put(
                "quarkus.otel.exporter.otlp.endpoint",
                "http://localhost:" + collector.getAddress().getPort());
        settings.forEach((name, value) -> properties.put("quarkus.otel.exporter.otlp." + name, value));
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(OtlpExporterRuntimeConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500));
        OtlpExporterRuntimeConfig config = new OtlpExporterConfigBuilder()
                .configBuilder(builder)
                .build()
                .getConfigMapping(OtlpExporterRuntimeConfig.class);
        return new ExporterBeans().spanExporter(config, vertx, new NoTls());
    }

    private static SpanData span() {
        return TestSpanData.builder()
                .setName("process mail")
                .setKind(SpanKind.CONSUMER)
                .setStatus(StatusData.ok())
                .setHasEnded(true)
                .setStartEpochNanos(1)
                .setEndEpochNanos(2)
                .setSpanContext(SpanContext.getInvalid())
                .build();
    }

    private static final class NoTls implements TlsConfigurationRegistry {
        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {}
    }
}
