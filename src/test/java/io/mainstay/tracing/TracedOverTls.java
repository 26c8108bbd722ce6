package io.mainstay.tracing;

import io.mainstay.process.Ports;
import io.mainstay.redis.TlsRedis;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** The service with traces on, which reaches Redis over TLS as a user with the documented rights. */
public class TracedOverTls implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        int receiver = Ports.free();
        return Map.of(
                "test.receiver",
                Integer.toString(receiver),
                "quarkus.otel.sdk.disabled",
                "false",
                "quarkus.otel.exporter.otlp.enabled",
                "false",
                "quarkus.otel.bsp.schedule.delay",
                "0.02S",
                "mainstay.http.allow",
                "http://localhost:" + receiver);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TlsRedis.class));
    }
}
