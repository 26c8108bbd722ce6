package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart and each overlay make the same objects, but for what is Helm's own and kustomize's own. */
@NeedsKustomize
class ChartAndKustomizeTest {

    /** What Helm adds; where kustomize has a hash in a name, the chart has one in an annotation. */
    private static final Set<String> OF_HELM = Set.of(
            "helm.sh/chart",
            "app.kubernetes.io/instance",
            "app.kubernetes.io/version",
            "app.kubernetes.io/managed-by",
            "checksum/config");

    private static final String HASHED = "(mainstay(?:-redis)?)-[bcdfghkmt24-9]{10}";

    private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @TempDir
    private Path directory;

    static Stream<Arguments> overlays() {
        return Stream.of(
                Arguments.of("dev", Map.of(), new Path[] {Chart.DEVELOPMENT}),
                Arguments.of("production", Map.of(), new Path[0]),
                Arguments.of("keda", Map.of("keda.enabled", true), new Path[0]),
                Arguments.of("split", Map.of("split.enabled", true), new Path[0]),
                Arguments.of("split-keda", Map.of("split.enabled", true, "keda.enabled", true), new Path[0]));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void objectsAreTheSame(String overlay, Map<String, Object> values, Path[] files) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("image.tag", "native");

        assertThat(objects(new Chart(directory).render("mainstay", all, files)))
                .containsExactlyEntriesOf(objects(Manifests.of(overlay)));
    }

    @Test
    void noOverlayIsLeftOut() {
        assertThat(overlays().map(it -> it.get()[0]))
                .containsExactlyInAnyOrderElementsOf(Kustomize.overlays().toList());
    }

    /** Each as text, by kind and name, so that a difference can be read. */
    private Map<String, String> objects(Manifests manifests) {
        Map<String, String> objects = new TreeMap<>();
        for (Object object : manifests.objects()) {
            JsonNode node = mapper.valueToTree(object);
            ((ObjectNode) node.path("metadata")).remove("namespace");
            clean(node);
            objects.put(
                    node.path("kind").asText() + " "
                            + node.path("metadata").path("name").asText().replaceAll(HASHED, "$1"),
                    node.toPrettyString().replaceAll("\"" + HASHED + "\"", "\"$1\""));
        }
        return objects;
    }

    private static void clean(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OF_HELM);
            object.forEach(ChartAndKustomizeTest::clean);
            for (String field : Set.of("labels", "annotations")) {
                if (object.path(field).isEmpty()) {
                    object.remove(field);
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(ChartAndKustomizeTest::clean);
        }
    }
}
