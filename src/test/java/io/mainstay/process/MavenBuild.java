package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Builds another project of this repository, with the Maven and the libraries that built this one; what only the other one needs is
 * fetched, unless this build is offline. Of this project the other one gets what was packaged just now.
 */
public final class MavenBuild {

    private static final String REPOSITORY = System.getProperty("mainstay.tests.repository");
    private static final boolean OFFLINE = "is true".equals(System.getProperty("mainstay.tests.offline"));
    private static final Path TARGET = Path.of("target");
    private static final String ARTIFACT = "mainstay-0.1.0-SNAPSHOT";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Path pom;
    private final Path ownRepository;

    /** @param ownRepository an empty folder; the machine's own repository is read behind it and not written */
    public MavenBuild(Path pom, Path ownRepository) {
        this.pom = pom;
        this.ownRepository = ownRepository;
    }

    /** The jar that others have as a library. */
    public static Path library() {
        return TARGET.resolve(ARTIFACT + ".jar");
    }

    public void run(String... arguments) {
        try {
            Path artifact = Files.createDirectories(ownRepository.resolve("io/mainstay/mainstay/0.1.0-SNAPSHOT"));
            copy(library(), artifact.resolve(ARTIFACT + ".jar"));
            copy(Path.of("pom.xml"), artifact.resolve(ARTIFACT + ".pom"));
            List<String> command = new ArrayList<>(List.of("./mvnw", "-B", "-q", "-f", pom.toString()));
            command.add("-Dmaven.repo.local=" + ownRepository);
            command.add("-Dmaven.repo.local.tail=" + REPOSITORY);
            if (OFFLINE) {
                command.add("-o");
            }
            command.addAll(List.of(arguments));
            run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.deleteIfExists(to);
        Files.copy(from, to);
    }

    private static void run(List<String> command) throws IOException {
        Path log = Files.createTempFile("mainstay-build-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " failed:\n" + Files.readString(log));
            }
            Files.delete(log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
