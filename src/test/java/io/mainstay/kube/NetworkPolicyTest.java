package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who reaches the service, and what the service reaches, in every overlay. */
@ParameterizedClass
@NeedsKustomize
@MethodSource("io.mainstay.kube.Manifests#ofEveryOverlay")
class NetworkPolicyTest {

    private final Manifests manifests;

    NetworkPolicyTest(Manifests manifests) {
        this.manifests = manifests;
    }

    /** Nobody reaches a port because a rule does not say who may; KEDA reaches the API where it asks it. */
    @Test
    void policiesSayWhoReachesEachPort() {
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            Map<String, List<NetworkPolicyPeer>> from = new HashMap<>();
            policy.getSpec().getIngress().forEach(rule -> rule.getPorts()
                    .forEach(port -> from.put(port.getPort().getStrVal(), rule.getFrom())));

            assertThat(from).containsOnlyKeys("http", "management");
            assertThat(from.values()).allSatisfy(peers -> assertThat(peers).isNotEmpty());
            assertThat(namespaces(from.get("management"))).containsExactly("monitoring");
            assertThat(from.get("management")).allMatch(peer -> peer.getNamespaceSelector() != null);
            boolean asked = !manifests.all(ScaledObject.class).isEmpty()
                    && !policy.getMetadata().getName().equals("mainstay-worker");
            assertThat(namespaces(from.get("http")).contains("keda")).isEqualTo(asked);
            // All pods of the policy's own namespace, and of no other.
            assertThat(from.get("http"))
                    .filteredOn(peer -> peer.getNamespaceSelector() == null)
                    .singleElement()
                    .satisfies(peer -> assertThat(peer.getPodSelector()).isEqualTo(new LabelSelector()));
        }
    }

    @Test
    void policiesLetInToThePortsThereAre() {
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            Workload chosen = manifests.workloads().stream()
                    .filter(it -> it.chosenBy(policy.getSpec().getPodSelector()))
                    .findFirst()
                    .orElseThrow();
            assertThat(policy.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
            assertThat(policy.getSpec().getIngress())
                    .flatExtracting(rule -> rule.getPorts())
                    .extracting(port -> port.getPort().getStrVal())
                    .isNotEmpty()
                    .isSubsetOf(chosen.containers().get(0).getPorts().stream()
                            .map(ContainerPort::getName)
                            .toList());
        }
    }

    /** Names, Redis as providers have it, a collector of traces, and http jobs. */
    @Test
    void policiesLetOutToEveryPortThatTheDocumentationNames() {
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            assertThat(policy.getSpec().getEgress())
                    .flatExtracting(rule -> rule.getPorts())
                    .extracting(NetworkPolicyTest::range)
                    .containsExactlyInAnyOrder(
                            "UDP 53",
                            "TCP 53",
                            "TCP 6379",
                            "TCP 6380",
                            "TCP 26379",
                            "TCP 10000",
                            "TCP 8500-8599",
                            "TCP 4318",
                            "TCP 80",
                            "TCP 443");
        }
    }

    private static String range(NetworkPolicyPort port) {
        String first = port.getProtocol() + " " + port.getPort().getIntVal();
        return port.getEndPort() == null ? first : first + "-" + port.getEndPort();
    }

    private static List<String> namespaces(List<NetworkPolicyPeer> peers) {
        return peers.stream()
                .map(NetworkPolicyPeer::getNamespaceSelector)
                .filter(Objects::nonNull)
                .map(selector -> selector.getMatchLabels().get("kubernetes.io/metadata.name"))
                .filter(Objects::nonNull)
                .toList();
    }
}
