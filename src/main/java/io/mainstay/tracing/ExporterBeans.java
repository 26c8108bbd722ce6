package io.mainstay.tracing;

import io.mainstay.job.InvalidValueException;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.exporter.internal.http.HttpExporter;
import io.opentelemetry.exporter.otlp.internal.OtlpUserAgent;
import io.opentelemetry.sdk.common.InternalTelemetryVersion;
import io.opentelemetry.sdk.internal.ComponentId;
import io.opentelemetry.sdk.internal.StandardComponentId.ExporterType;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.arc.DefaultBean;
import io.quarkus.opentelemetry.runtime.config.runtime.exporter.CompressionType;
import io.quarkus.opentelemetry.runtime.config.runtime.exporter.OtlpExporterConfig;
import io.quarkus.opentelemetry.runtime.config.runtime.exporter.OtlpExporterRuntimeConfig;
import io.quarkus.opentelemetry.runtime.exporter.otlp.sender.VertxHttpSender;
import io.quarkus.opentelemetry.runtime.exporter.otlp.tracing.VertxHttpSpanExporter;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where spans go: to a collector, by OTLP over HTTP. Quarkus's own choice of exporters has the one by gRPC as well, which
 * brings gRPC, Protobuf and Guava into every image: a quarter of its classes, for something that is off by default.
 */
@Dependent
class ExporterBeans {

    private static final String PROTOCOL = "http/protobuf";

    @Produces
    @Singleton
    @DefaultBean
    SpanExporter spanExporter(OtlpExporterRuntimeConfig config, Vertx vertx, TlsConfigurationRegistry tls) {
        OtlpExporterConfig traces = config.traces();
        String protocol = traces.protocol().orElse(PROTOCOL);
        if (!protocol.equals(PROTOCOL)) {
            throw new InvalidValueException("quarkus.otel.exporter.otlp.protocol", protocol, PROTOCOL);
        }
        URI collector =
                URI.create(traces.endpoint().or(config::endpoint).orElseThrow().trim());
        VertxHttpSender sender = new VertxHttpSender(
                collector,
                VertxHttpSender.TRACES_PATH,
                traces.compression().filter(CompressionType.GZIP::equals).isPresent(),
                traces.timeout(),
                headers(traces),
                "application/x-protobuf",
                options -> configure(options, collector, TlsConfiguration.from(tls, traces.tlsConfigurationName())),
                vertx);
        return new VertxHttpSpanExporter(new HttpExporter<>(
                ComponentId.generateLazy(ExporterType.OTLP_HTTP_SPAN_EXPORTER),
                sender,
                MeterProvider::noop,
                InternalTelemetryVersion.LATEST,
                collector.toASCIIString()));
    }

    private static Map<String, String> headers(OtlpExporterConfig config) {
        Map<String, String> headers = new HashMap<>();
        OtlpUserAgent.addUserAgentHeader(headers::put);
        for (String header : config.headers().orElse(List.of())) {
            int equals = header.indexOf('=');
            if (equals < 1) {
                // Its text may be a secret.
                throw new InvalidValueException("quarkus.otel.exporter.otlp.headers", "an entry", "name=value");
            }
            headers.put(
                    header.substring(0, equals).trim(),
                    header.substring(equals + 1).trim());
        }
        return headers;
    }

    private static void configure(HttpClientOptions options, URI collector, Optional<TlsConfiguration> tls) {
        if ("https".equalsIgnoreCase(collector.getScheme())) {
            options.setSsl(true);
            tls.ifPresent(configured -> TlsConfigUtils.configure(options, configured));
        }
    }
}
