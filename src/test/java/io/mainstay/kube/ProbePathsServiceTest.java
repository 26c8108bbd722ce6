package io.mainstay.kube;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The paths that are probed are paths of the service, and no probe asks what another one does. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
@NeedsKustomize
class ProbePathsServiceTest {

    @Test
    void everyProbedPathAnswers() {
        for (Manifests manifests : Manifests.ofEveryOverlay().toList()) {
            for (Workload service : manifests.services()) {
                PodPlan plan = PodPlan.of(manifests, service);
                assertThat(Stream.of(plan.startup(), plan.readiness(), plan.liveness())
                                .map(HttpProbe::path))
                        .doesNotHaveDuplicates()
                        .allSatisfy(path -> given().get(path).then().statusCode(200));
            }
        }
    }
}
