package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.TestKeys;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
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
                    .contains("line 1: the first word is no key")
                    .doesNotContain(key.substring(16));
        }
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
