package io.mainstay.failover;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All measurements by scenario, kept in target/failover, from where the report is made. What is measured again replaces
 * what earlier sittings measured of the same scenario; the rest stays.
 */
final class Results {

    private static final Path FILE = Path.of("target", "failover", "results.json");

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Map<String, List<Measurement>> byScenario = new LinkedHashMap<>();
    private final Set<String> measuredNow = new HashSet<>();

    /** Begins with what earlier sittings left. */
    Results() {
        byScenario.putAll(read());
    }

    void add(Scenario<?> scenario, Measurement measurement) {
        if (measuredNow.add(scenario.name())) {
            byScenario.remove(scenario.name());
        }
        byScenario.computeIfAbsent(scenario.name(), name -> new ArrayList<>()).add(measurement);
        write();
    }

    List<Measurement> of(Scenario<?> scenario) {
        return byScenario.getOrDefault(scenario.name(), List.of());
    }

    private Map<String, List<Measurement>> read() {
        try {
            return Files.exists(FILE) ? mapper.readValue(FILE.toFile(), new TypeReference<>() {}) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable: " + FILE, e);
        }
    }

    private void write() {
        try {
            Files.createDirectories(FILE.getParent());
            mapper.writeValue(FILE.toFile(), byScenario);
        } catch (IOException e) {
            throw new UncheckedIOException("no " + FILE, e);
        }
    }
}
