package io.mainstay.kube;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The Helm chart, rendered by Helm as a library: neither the helm command nor a cluster is needed. */
final class Chart {

    static final Path DIRECTORY = Path.of("charts", "mainstay");
    static final Path DEVELOPMENT = DIRECTORY.resolve("values-dev.yaml");

    private static final String NAMESPACE = "default";

    private final Path copy;

    /** @param directory for a copy: the library takes itself for Kubernetes 1.20, which the chart refuses */
    Chart(Path directory) {
        copy = directory.resolve("mainstay");
        FileTree.copy(DIRECTORY, copy);
        try {
            Path metadata = copy.resolve("Chart.yaml");
            Files.writeString(metadata, Files.readString(metadata).replaceAll("(?m)^kubeVersion:.*$", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code helm template} makes of values and files of values. */
    Manifests render(String release, Map<String, Object> values, Path... files) {
        TemplateCommand command = new Helm(copy).template().withName(release).withNamespace(NAMESPACE);
        values.forEach(command::set);
        for (Path file : files) {
            command.withValuesFile(file);
        }
        return new Manifests("chart", new ManifestReader().read(command.call()));
    }

    /** What {@code helm lint --strict} says. */
    LintResult lint() {
        return new Helm(copy).lint().strict().call();
    }

    /** What {@code helm install} prints at the end. */
    String notes(Map<String, Object> values) {
        var command = new Helm(copy)
                .install()
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .withName("mainstay")
                .withNamespace(NAMESPACE);
        values.forEach(command::set);
        String output = command.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    static List<String> lines(String file) {
        try {
            return Files.readAllLines(DIRECTORY.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
