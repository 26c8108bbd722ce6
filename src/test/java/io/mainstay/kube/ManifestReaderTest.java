package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That a mistake in a manifest is seen at all: what the other tests of this package rest upon. */
class ManifestReaderTest {

    private static final String RIGHT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: right
            spec:
              replicas: 2
              template:
                spec:
                  terminationGracePeriodSeconds: 40
                  containers:
                    - name: mainstay
                      env:
                        - name: A
                          value: "1"
                      livenessProbe:
                        httpGet: {path: /, port: http}
                        periodSeconds: 5
                      lifecycle:
                        preStop:
                          sleep: {seconds: 5}
            """;

    private final ManifestReader reader = new ManifestReader();

    @Test
    void whatIsRightIsRead() {
        Deployment deployment = (Deployment) reader.read(RIGHT).get(0);

        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment.getSpec().getTemplate().getSpec().getContainers())
                .singleElement()
                .satisfies(container -> assertThat(container
                                .getLivenessProbe()
                                .getHttpGet()
                                .getPort()
                                .getStrVal())
                        .isEqualTo("http"));
    }

    @ParameterizedTest
    @CsvSource({
        "metadata, metdata",
        "replicas, replica",
        "terminationGracePeriodSeconds, terminationGraceSeconds",
        "livenessProbe, livenesProbe",
        "periodSeconds, period",
        "httpGet, httpget",
        "preStop, prestop",
        "seconds, second",
        "path, uri"
    })
    void aMisspeltFieldIsFoundHoweverDeepItIs(String right, String wrong) {
        assertThatThrownBy(() -> reader.read(RIGHT.replace(right + ":", wrong + ":")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + wrong + "\"");
    }

    @Test
    void aFieldThatStandsTwiceIsFound() {
        assertThatThrownBy(() -> reader.read(RIGHT.replace("replicas: 2", "replicas: 2\n  replicas: 3")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replicas");
    }

    @ParameterizedTest
    @CsvSource({"replicas: 2, replicas: '\"2\"'", "replicas: 2, replicas: many", "value: \"1\", value: 1"})
    void aValueOfTheWrongTypeIsFound(String right, String wrong) {
        assertThat(RIGHT).contains(right);
        assertThatThrownBy(() -> reader.read(RIGHT.replace(right, wrong))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMisspeltFieldOfACustomResourceIsFound() {
        assertThatThrownBy(() -> reader.read("""
                        apiVersion: keda.sh/v1alpha1
                        kind: ScaledObject
                        metadata: {name: wrong}
                        spec:
                          scaleTargetRef: {name: mainstay}
                          minReplicas: 3
                        """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"minReplicas\"");
    }

    @Test
    void aKindOrVersionThatIsNotExpectedIsFound() {
        assertThatThrownBy(() -> reader.read(RIGHT.replace("apps/v1", "apps/v1beta1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("apps/v1beta1 Deployment");
    }

    @Test
    void documentsAreToldApart() {
        assertThat(reader.read("""
                        apiVersion: v1
                        kind: Service
                        ---
                        apiVersion: v1
                        kind: Service
                        """)).hasSize(2).hasOnlyElementsOfType(Service.class);
    }
}
