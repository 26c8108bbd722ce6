package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** In every overlay, what names something else names something that is there. */
@ParameterizedClass
@NeedsKustomize
@MethodSource("io.mainstay.kube.Manifests#ofEveryOverlay")
class RelationsTest {

    private final Manifests manifests;

    RelationsTest(Manifests manifests) {
        this.manifests = manifests;
    }

    @Test
    void everyWorkloadFindsItsOwnPodsAndNobodyElses() {
        for (Workload workload : manifests.workloads()) {
            assertThat(chosenBy(it -> it.chosenBy(workload.selector())))
                    .as("pods of %s", workload)
                    .containsExactly(workload);
        }
    }

    @Test
    void everyServiceLeadsToOneWorkloadAndAPortOfIt() {
        for (Service service : manifests.all(Service.class)) {
            List<Workload> chosen = chosenBy(it -> it.chosenBy(service.getSpec().getSelector()));

            assertThat(chosen).as("pods of %s", service.getMetadata().getName()).hasSize(1);
            assertThat(service.getSpec().getPorts()).isNotEmpty().allSatisfy(port -> assertThat(ports(chosen.get(0)))
                    .contains(Optional.ofNullable(port.getTargetPort()).orElse(new IntOrString(port.getPort()))));
        }
    }

    @Test
    void everyServiceWorkloadHasOneDisruptionBudgetAndOneNetworkPolicy() {
        for (Workload service : manifests.services()) {
            assertThat(manifests.all(PodDisruptionBudget.class))
                    .filteredOn(budget -> service.chosenBy(budget.getSpec().getSelector()))
                    .as("budgets of %s", service)
                    .hasSize(1);
            assertThat(manifests.all(NetworkPolicy.class))
                    .filteredOn(policy -> service.chosenBy(policy.getSpec().getPodSelector()))
                    .as("network policies of %s", service)
                    .hasSize(1);
        }
    }

    @Test
    void noBudgetOrPolicyIsAboutTwoWorkloadsOrNone() {
        Stream.concat(
                        manifests.all(PodDisruptionBudget.class).stream()
                                .map(budget -> budget.getSpec().getSelector()),
                        manifests.all(NetworkPolicy.class).stream()
                                .map(policy -> policy.getSpec().getPodSelector()))
                .forEach(selector -> assertThat(chosenBy(it -> it.chosenBy(selector)))
                        .as("chosen by %s", selector)
                        .hasSize(1));
    }

    /** A selector cannot be changed; a label such as part-of is the user's to change. */
    @Test
    void selectorsNameOnlyWhatTellsWorkloadsApart() {
        Stream<LabelSelector> selectors = Stream.of(
                        manifests.workloads().stream().map(Workload::selector),
                        manifests.all(Service.class).stream()
                                .map(it -> new LabelSelector(
                                        List.of(), it.getSpec().getSelector())),
                        manifests.all(PodDisruptionBudget.class).stream()
                                .map(it -> it.getSpec().getSelector()),
                        manifests.all(NetworkPolicy.class).stream()
                                .map(it -> it.getSpec().getPodSelector()))
                .flatMap(it -> it);

        assertThat(selectors)
                .allSatisfy(selector -> assertThat(selector.getMatchLabels().keySet())
                        .contains("app.kubernetes.io/name")
                        .isSubsetOf("app.kubernetes.io/name", "app.kubernetes.io/component"));
    }

    @Test
    void spreadConstraintsAreAboutTheirOwnPods() {
        for (Workload service : manifests.services()) {
            assertThat(service.pod().getTopologySpreadConstraints())
                    .extracting(constraint -> constraint.getTopologyKey())
                    .as("spread of %s", service)
                    .containsExactlyInAnyOrder("topology.kubernetes.io/zone", "kubernetes.io/hostname");
            assertThat(service.pod().getTopologySpreadConstraints())
                    .allSatisfy(constraint -> assertThat(service.chosenBy(constraint.getLabelSelector()))
                            .isTrue());
        }
    }

    @Test
    void everyAutoscalerHasADeploymentAndNoDeploymentTwo() {
        List<String> scaled = Stream.concat(
                        manifests.all(HorizontalPodAutoscaler.class).stream().map(scaler -> {
                            assertThat(scaler.getSpec().getScaleTargetRef().getKind())
                                    .isEqualTo("Deployment");
                            return scaler.getSpec().getScaleTargetRef().getName();
                        }),
                        manifests.all(ScaledObject.class).stream()
                                .map(scaler -> scaler.spec().scaleTargetRef().name()))
                .toList();

        assertThat(scaled).doesNotHaveDuplicates();
        assertThat(scaled).allSatisfy(name -> assertThat(manifests.named(Deployment.class, name))
                .as(name)
                .isPresent());
    }

    /** Applying the manifests again would otherwise undo what the autoscaler did. */
    @Test
    void aDeploymentThatIsScaledLeavesItsReplicasToTheAutoscaler() {
        for (Deployment deployment : manifests.all(Deployment.class)) {
            if (Replicas.of(manifests, deployment).scaled()) {
                assertThat(deployment.getSpec().getReplicas())
                        .as("replicas of %s", deployment.getMetadata().getName())
                        .isNull();
            } else {
                assertThat(deployment.getSpec().getReplicas())
                        .as("replicas of %s", deployment.getMetadata().getName())
                        .isPositive();
            }
        }
    }

    @Test
    void accountsConfigurationAndVolumesAreThere() {
        for (Workload workload : manifests.workloads()) {
            Optional.ofNullable(workload.pod().getServiceAccountName())
                    .ifPresent(account -> assertThat(manifests.named(ServiceAccount.class, account))
                            .as("account of %s", workload)
                            .isPresent());
            for (Container container : workload.containers()) {
                container.getEnvFrom().forEach(from -> assertThat(manifests.named(
                                ConfigMap.class, from.getConfigMapRef().getName()))
                        .as("configuration of %s", workload)
                        .isPresent());
                assertThat(workload.pod().getVolumes())
                        .extracting(Volume::getName)
                        .as("volumes of %s", workload)
                        .doesNotHaveDuplicates();
                assertThat(container.getVolumeMounts())
                        .extracting(mount -> mount.getName())
                        .as("mounts of %s", workload)
                        .isSubsetOf(volumes(workload));
            }
        }
    }

    /** Or the line that makes it stands in the guide. */
    @Test
    void everySecretIsThereOrTheGuideSaysHowToMakeIt() {
        for (Workload workload : manifests.workloads()) {
            secrets(workload).forEach(wanted -> {
                Optional<Secret> secret = manifests.named(Secret.class, wanted.getName());
                if (secret.isPresent()) {
                    assertThat(Boolean.TRUE.equals(wanted.getOptional())
                                    || secret.get().getData().containsKey(wanted.getKey()))
                            .as("key %s of %s", wanted.getKey(), wanted.getName())
                            .isTrue();
                } else {
                    assertThat(Guide.commands()).anySatisfy(command -> assertThat(command)
                            .startsWith("kubectl create secret generic " + wanted.getName() + " ")
                            .contains("--from-literal=" + wanted.getKey() + "="));
                }
            });
        }
    }

    @Test
    void theGuideSaysHowToMakeEverySecretThatIsMounted() {
        for (Workload workload : manifests.workloads()) {
            workload.pod().getVolumes().stream()
                    .map(Volume::getSecret)
                    .filter(Objects::nonNull)
                    .forEach(secret -> assertThat(Guide.commands()).anySatisfy(command -> assertThat(command)
                            .startsWith("kubectl create secret generic " + secret.getSecretName() + " ")
                            .contains("--from-file=")));
        }
    }

    private List<Workload> chosenBy(Predicate<Workload> choice) {
        return manifests.workloads().stream().filter(choice).toList();
    }

    /** By name and by number. */
    private static Set<IntOrString> ports(Workload workload) {
        return workload.containers().stream()
                .flatMap(container -> container.getPorts().stream())
                .flatMap(RelationsTest::names)
                .collect(Collectors.toSet());
    }

    private static Stream<IntOrString> names(ContainerPort port) {
        return Stream.of(new IntOrString(port.getName()), new IntOrString(port.getContainerPort()));
    }

    private Set<String> volumes(Workload workload) {
        Stream<String> own = workload.pod().getVolumes().stream().map(volume -> volume.getName());
        return Stream.concat(own, manifests.claims(workload.name())).collect(Collectors.toSet());
    }

    private static Stream<SecretKeySelector> secrets(Workload workload) {
        return workload.containers().stream()
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull)
                .map(from -> from.getSecretKeyRef())
                .filter(Objects::nonNull);
    }
}
