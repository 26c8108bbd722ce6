package io.mainstay.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files that monitoring is set up with. */
final class MonitoringFiles {

    static final Path DIRECTORY = Path.of("k8s", "monitoring");
    static final Path PAGE = Path.of("docs", "observability.md");

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private MonitoringFiles() {}

    static List<JsonNode> rules() {
        JsonNode file = read(new ObjectMapper(new YAMLFactory()), DIRECTORY.resolve("rules.yaml"));
        return items(file.path("groups"))
                .flatMap(group -> items(group.path("rules")))
                .toList();
    }

    static JsonNode dashboard() {
        return read(new ObjectMapper(), DIRECTORY.resolve("dashboard.json"));
    }

    /** All queries of the dashboard: of panels and of annotations. */
    static List<JsonNode> targets() {
        JsonNode dashboard = dashboard();
        return Stream.concat(
                        items(dashboard.path("panels")).flatMap(panel -> items(panel.path("targets"))),
                        items(dashboard.path("annotations").path("list")))
                .toList();
    }

    /** Rows of a table of the page, whose first cell is quoted, as cells. */
    static List<List<String>> rows(String head) {
        List<List<String>> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : text(PAGE).lines().toList()) {
            if (line.startsWith("| " + head)) {
                inside = true;
            } else if (!line.startsWith("|")) {
                inside = false;
            } else if (inside && line.startsWith("| `")) {
                rows.add(List.of(line.substring(2, line.length() - 2).split("\\s*\\|\\s*", -1)));
            }
        }
        return rows;
    }

    static Set<String> quoted(String cell) {
        return QUOTED.matcher(cell).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
