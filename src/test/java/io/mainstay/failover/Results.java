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
import java.util.Optional;
import java.util.Set;

/**
 * All measurements by scenario, kept in target/failover, from where the report is made. What is measured again replaces
 * what earlier sittings measured of the same scenario; the rest stays.
 */
final class Results {

    private static final Path DIRECTORY = Path.of("target", "failover");
    private static final Path OURS = DIRECTORY.resolve("results.json");
    private static final Path STOCK = DIRECTORY.resolve("stock.json");

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Map<String, List<Measurement>> byScenario = new LinkedHashMap<>();
    private final Map<String, StockRecovery> stockByScenario = new LinkedHashMap<>();
    private final Set<String> measuredNow = new HashSet<>();

    /** Begins with what earlier sittings left. */
    Results() {
        byScenario.putAll(read(OURS, new TypeReference<Map<String, List<Measurement>>>() {}));
        stockByScenario.putAll(read(STOCK, new TypeReference<Map<String, StockRecovery>>() {}));
    }

    void add(Scenario<?> scenario, Measurement measurement) {
        if (measuredNow.add(scenario.name())) {
            byScenario.remove(scenario.name());
        }
        byScenario.computeIfAbsent(scenario.name(), name -> new ArrayList<>()).add(measurement);
        write(OURS, byScenario);
    }

    void addStock(Scenario<?> scenario, StockRecovery recovery) {
        stockByScenario.put(scenario.name(), recovery);
        write(STOCK, stockByScenario);
    }

    List<Measurement> of(Scenario<?> scenario) {
        return byScenario.getOrDefault(scenario.name(), List.of());
    }

    Optional<StockRecovery> stockOf(Scenario<?> scenario) {
        return Optional.ofNullable(stockByScenario.get(scenario.name()));
    }

    private <T> Map<String, T> read(Path file, TypeReference<Map<String, T>> type) {
        try {
            return Files.exists(file) ? mapper.readValue(file.toFile(), type) : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("unreadable: " + file, e);
        }
    }

    private void write(Path file, Object content) {
        try {
            Files.createDirectories(DIRECTORY);
            mapper.writeValue(file.toFile(), content);
        } catch (IOException e) {
            throw new UncheckedIOException("no " + file, e);
        }
    }
}
