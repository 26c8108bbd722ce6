package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.TestKeys;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Production starts with security on, and needs a key. */
class KeysIT {

    private static final String NO_REDIS = "redis://127.0.0.1:1";

    @Test
    void withoutAnyKeyTheStartSaysWhatToDoAndEnds() {
        try (ServiceProcess service = new ServiceProcess(NO_REDIS, Map.of("mainstay.security.enabled", "true"))) {
            service.awaitExit();

            assertThat(service.log())
                    .contains("mainstay.security.keys-file (MAINSTAY_SECURITY_KEYS_FILE)")
                    .contains("new-key first-admin admin '*' payload");
        }
    }

    @Test
    void brokenKeysFileEndsTheStartWithoutTheSecret() {
        String key = TestKeys.keyOf(TestKeys.line("shop reader *"));
        Path file = TestKeys.file("shop reader * " + key);
        try (ServiceProcess service =
                new ServiceProcess(NO_REDIS, Map.of("mainstay.security.keys-file", file.toString()))) {
            service.awaitExit();

            assertThat(service.log())
                    .contains("line 1: the first word is not a valid key")
                    .doesNotContain(key.substring(16));
        }
    }

    /** It is settled at the start, not when the program is built. */
    @Test
    void identityProviderThatIsAwayHoldsUpNeitherTheStartNorKeys() throws Exception {
        String line = TestKeys.line("shop reader *");
        Map<String, String> config = Map.of(
                "mainstay.security.keys-file", TestKeys.file(line).toString(),
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realms/none",
                "quarkus.oidc.client-id", "mainstay",
                "quarkus.oidc.token.audience", "mainstay");
        try (RedisNode redis = RedisNode.start().awaitUp();
                ServiceProcess service = new ServiceProcess(redis.address(), config).awaitReady()) {
            assertThat(status(service, TestKeys.keyOf(line))).isEqualTo(200);
            assertThat(status(service, "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"))
                    .isEqualTo(503);
            assertThat(status(service, "nonsense")).isEqualTo(401);
        }
    }

    @Test
    void tokensWithoutAnAudienceEndTheStart() {
        Map<String, String> config = Map.of(
                "mainstay.security.enabled", "true",
                "quarkus.oidc.tenant-enabled", "true",
                "quarkus.oidc.auth-server-url", "http://127.0.0.1:1/realms/none",
                "quarkus.oidc.client-id", "mainstay");
        try (ServiceProcess service = new ServiceProcess(NO_REDIS, config)) {
            service.awaitExit();

            assertThat(service.log()).contains("quarkus.oidc.token.audience (QUARKUS_OIDC_TOKEN_AUDIENCE)");
        }
    }

    private static int status(ServiceProcess service, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri("/v1/me"))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void commandMakesAKey() throws Exception {
        Process process = ServiceProcess.command("new-key", "shop", "producer", "orders,mail.*");

        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isZero();
        assertThat(out).matches("ms_[0-9A-Za-z]{12}_[0-9A-Za-z]{49} shop producer orders,mail.\\*\\R");
    }

    @Test
    void securityThatIsOffIsAWarning() {
        try (RedisNode redis = RedisNode.start().awaitUp();
                ServiceProcess service = new ServiceProcess(
                                redis.address(), Map.of("mainstay.security.enabled", "false"))
                        .awaitReady()) {
            assertThat(service.log()).contains("whoever reaches the port may do everything");
        }
    }
}
