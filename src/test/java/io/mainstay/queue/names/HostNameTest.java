package io.mainstay.queue.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNameTest {

    @TempDir
    Path directory;

    @Test
    void nameOfThePodComesFirst() {
        assertThat(HostName.of(Map.of("POD_NAME", "mainstay-1", "HOSTNAME", "node-7")::get, List.of()))
                .isEqualTo("mainstay-1");
        assertThat(HostName.of(Map.of("HOSTNAME", "mainstay-2")::get, List.of()))
                .isEqualTo("mainstay-2");
    }

    @Test
    void withoutAnEnvironmentTheKernelSaysIt() throws IOException {
        Path kernel = Files.writeString(directory.resolve("hostname"), "mainstay-3\n");

        assertThat(HostName.of(Map.of("HOSTNAME", "")::get, List.of(directory.resolve("none"), kernel)))
                .isEqualTo("mainstay-3");
    }

    @Test
    void whereNobodySaysItAnyNameDoes() {
        assertThat(HostName.of(name -> null, List.of(directory.resolve("none"))))
                .isEqualTo("instance");
    }
}
