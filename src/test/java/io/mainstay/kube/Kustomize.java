package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Renders what is under k8s, with kubectl or kustomize as it is installed. Those from before {@code labels} could be
 * included in templates (kustomize 5.0, kubectl 1.27) are of no use.
 */
final class Kustomize {

    private static final Path OVERLAYS = Path.of("k8s", "overlays");
    private static final long DEADLINE_SECONDS = 60;
    private static final List<List<String>> COMMANDS =
            List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

    private Kustomize() {}

    /** Names of all overlays. */
    static Stream<String> overlays() {
        try (Stream<Path> directories = Files.list(OVERLAYS)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is something to render with. Tests that do not ask first fail. */
    static boolean installed() {
        return command().isPresent();
    }

    /** The YAML that {@code kubectl apply -k} would send. */
    static String render(String overlay) {
        return render(OVERLAYS.resolve(overlay));
    }

    static String render(Path directory) {
        Run run = run(with(command().orElseThrow(), directory.toString()));
        assertThat(run.status()).as(run.text()).isZero();
        return run.text();
    }

    private static Optional<List<String>> command() {
        return COMMANDS.stream().filter(Kustomize::canRender).findFirst();
    }

    /** An older one fails on every file of ours; a broken file of ours must not look like that. */
    private static boolean canRender(List<String> command) {
        try {
            Path directory = Files.createTempDirectory("mainstay-kustomize-");
            Path file = Files.writeString(directory.resolve("kustomization.yaml"), """
                    labels:
                      - pairs: {a: b}
                        includeTemplates: true
                    """);
            boolean can = run(with(command, directory.toString())).status() == 0;
            Files.delete(file);
            Files.delete(directory);
            return can;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> with(List<String> command, String argument) {
        List<String> all = new ArrayList<>(command);
        all.add(argument);
        return all;
    }

    private static Run run(List<String> command) {
        try {
            Process program =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!program.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                program.destroyForcibly();
                throw new IllegalStateException(command + " does not end");
            }
            return new Run(program.exitValue(), text);
        } catch (IOException notInstalled) {
            return new Run(-1, notInstalled.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Run(int status, String text) {}
}
