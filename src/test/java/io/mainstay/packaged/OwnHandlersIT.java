package io.mainstay.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.MavenBuild;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with handlers of its own has the service as a library: {@code examples/own-handlers}, built as its users would. */
@Tag("jar")
class OwnHandlersIT {

    private static final Path PROJECT = Path.of("examples", "own-handlers");

    @TempDir
    private Path repository;

    @Test
    void applicationRunsJobsOfItsHandlersAndCanBeMadeNative() {
        MavenBuild build = new MavenBuild(PROJECT.resolve("pom.xml"), repository);
        build.run("clean", "package");

        Path jar = PROJECT.resolve("target/quarkus-app/quarkus-run.jar");
        try (RedisNode redis = RedisNode.start().awaitUp();
                ServiceProcess application =
                        ServiceProcess.ofJar(jar, redis.address(), Map.of()).awaitReady()) {
            application.post("/v1/queues/greetings/jobs", """
                    {"handler": "greet", "id": "ada", "payload": {"name": "Ada"}}""");

            Awaitility.await().untilAsserted(() -> assertThat(application.get("/v1/queues/greetings/jobs/ada"))
                    .contains("\"state\":\"succeeded\"", "\"result\":{\"greeting\":\"Good morning, Ada!\"}"));
        }

        build.run("package", "-DskipTests", "-Dnative", "-Dquarkus.native.sources-only=true");
        assertThat(PROJECT.resolve("target/native-sources/native-image.args"))
                .content()
                // A default of the service's, at build time.
                .contains("-march=compatibility");
    }

    @Test
    void libraryIsIndexedAndLeavesTheApplicationsOwnFilesAlone() throws IOException {
        try (JarFile jar = new JarFile(MavenBuild.library().toFile())) {
            assertThat(jar.getEntry("META-INF/jandex.idx")).isNotNull();
            assertThat(jar.getEntry("application.properties")).isNull();
        }
    }
}
