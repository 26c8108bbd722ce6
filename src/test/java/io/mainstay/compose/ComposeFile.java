package io.mainstay.compose;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What compose.yaml uses of the Compose specification. */
record ComposeFile(Map<String, Service> services, Map<String, Map<String, String>> volumes) {

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Service(
            String image,
            Build build,
            List<String> dependsOn,
            Map<String, String> environment,
            List<String> command,
            List<String> ports,
            List<String> volumes,
            Boolean readOnly,
            List<String> tmpfs,
            List<String> capDrop,
            List<String> securityOpt,
            String stopGracePeriod,
            String restart) {

        Stream<Mount> mounts() {
            return Optional.ofNullable(volumes).stream().flatMap(List::stream).map(Mount::of);
        }

        Stream<String> portsOrNone() {
            return Optional.ofNullable(ports).stream().flatMap(List::stream);
        }
    }

    record Build(String context, Path dockerfile) {}

    /** A file of the repository or a named volume, and where a container finds it. */
    record Mount(String source, Path target) {

        static Mount of(String text) {
            String[] parts = text.split(":");
            return new Mount(parts[0], Path.of(parts[1]));
        }

        boolean isFile() {
            return source.startsWith("./");
        }
    }
}
