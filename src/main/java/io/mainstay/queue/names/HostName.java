package io.mainstay.queue.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the machine is called, in Kubernetes the pod. The environment has it in containers and shells that export it; a service that
 * something else started finds it where the kernel says it.
 */
public final class HostName {

    private static final List<String> VARIABLES = List.of("POD_NAME", "HOSTNAME");
    private static final List<Path> FILES = List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));
    private static final String UNKNOWN = "instance";

    private HostName() {}

    public static String get() {
        return of(System::getenv, FILES);
    }

    static String of(UnaryOperator<String> environment, List<Path> files) {
        return Stream.concat(
                        VARIABLES.stream().map(variable -> Optional.ofNullable(environment.apply(variable))),
                        files.stream().map(HostName::content))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
