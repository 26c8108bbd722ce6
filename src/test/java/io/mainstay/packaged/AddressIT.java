package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of Redis whose host is none to Java's URI, and those that are no addresses. */
class AddressIT {

    @TempDir
    private Path directory;

    /** A native binary does not read that file of hosts. */
    @Test
    @Tag("jar")
    void hostNameMayHaveAnUnderscore() throws IOException {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 my_redis\n");
        try (RedisNode redis = RedisNode.start().awaitUp();
                ServiceProcess service = new ServiceProcess(
                                "redis://my_redis:" + redis.port(), Map.of("jdk.net.hosts.file", hosts.toString()))
                        .awaitReady()) {
            assertThat(service.get("/q/health/live")).contains("\"UP\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://u:s^cret@127.0.0.1:1",
                "redis://u:s cret@127.0.0.1:1",
                "redis://:x/scret@127.0.0.1:1",
                "foo://:scret@127.0.0.1:1",
                "redis://:scret@127.0.0.1:99999",
            })
    void badAddressEndsTheStartWithoutItsPassword(String address) {
        try (ServiceProcess service = new ServiceProcess(address, Map.of())) {
            service.awaitExit();

            assertThat(service.log()).contains("***@127.0.0.1").doesNotContain("cret");
        }
    }
}
