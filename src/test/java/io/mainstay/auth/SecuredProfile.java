package io.mainstay.auth;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.util.List;
import java.util.Map;

/** The service as production has it: callers need keys, or tokens of an identity provider. */
public class SecuredProfile implements QuarkusTestProfile {

    static final int REQUESTS_PER_SECOND = 100;
    static final int OPEN = 2;

    private static final String ADMIN_LINE = TestKeys.line("root admin * payload");
    private static final String READER_LINE = TestKeys.line("watcher reader *");
    private static final String BLIND_LINE = TestKeys.line("blind admin *");
    private static final String PRODUCER_LINE = TestKeys.line("shop producer,reader orders,mail.*");

    public static final String ADMIN = TestKeys.keyOf(ADMIN_LINE);
    public static final String READER = TestKeys.keyOf(READER_LINE);
    /** An administrator without the right to payloads. */
    public static final String BLIND = TestKeys.keyOf(BLIND_LINE);

    public static final String PRODUCER = TestKeys.keyOf(PRODUCER_LINE);

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("mainstay.security.enabled", "true"),
                Map.entry(
                        "mainstay.security.keys-file",
                        TestKeys.file(ADMIN_LINE, READER_LINE, BLIND_LINE, PRODUCER_LINE)
                                .toString()),
                Map.entry("mainstay.security.requests-per-second", Integer.toString(REQUESTS_PER_SECOND)),
                Map.entry("mainstay.security.open-waits", Integer.toString(OPEN)),
                Map.entry("mainstay.security.event-streams", Integer.toString(OPEN)),
                Map.entry("mainstay.security.bulk-requests", Integer.toString(OPEN)),
                Map.entry("mainstay.security.oidc.roles-claim", "realm_access/roles"),
                Map.entry("quarkus.oidc.tenant-enabled", "true"),
                Map.entry("quarkus.oidc.auth-server-url", "${keycloak.url}/realms/quarkus"),
                Map.entry("quarkus.oidc.client-id", "mainstay"),
                Map.entry("quarkus.oidc.credentials.secret", "secret"),
                Map.entry("quarkus.oidc.token.issuer", "https://server.example.com"),
                Map.entry("quarkus.oidc.token.audience", "https://mainstay.example.com"),
                Map.entry("mainstay.worker.enabled", "false"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OidcWiremockTestResource.class));
    }
}
