package io.mainstay.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.SecuredProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever is refused leaves a record, and a flood of them leaves few. */
@QuarkusTest
@TestProfile(SecuredProfile.class)
class AuditRefusalsServiceTest {

    @Inject
    AuditStore store;

    @Test
    void unknownCallersAreRecordedWithoutWhatTheySent() {
        try (AuditLines lines = AuditLines.open()) {
            Awaitility.await("a rate that admits it")
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> {
                        given().header("Authorization", "Bearer ms_secret")
                                .post("/v1/refused-here/tok.secret.en/success?q=secret")
                                .then()
                                .statusCode(401);
                        return !lines.with("refused-here").isEmpty();
                    });

            assertThat(lines.with("refused-here").get(0))
                    .startsWith(
                            "Audit audit=\"refusals\" object=\"POST /v1/refused-here\" from=\"127.0.0.1\" status=\"401\"");
            assertThat(lines.with("secret")).isEmpty();
        }
        Awaitility.await("kept").atMost(Duration.ofSeconds(20)).until(() -> kept().stream()
                .anyMatch(entry -> "POST /v1/refused-here".equals(entry.record().object())));
    }

    @Test
    void aFloodLeavesFewRecords() {
        try (AuditLines lines = AuditLines.open()) {
            long begun = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                given().get("/v1/flooded").then().statusCode(401);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds() + 1;

            assertThat(lines.with("flooded"))
                    .hasSizeLessThanOrEqualTo((int) (RefusalRate.BURST + RefusalRate.PER_SECOND * seconds));
        }
    }

    private List<AuditEntry> kept() {
        return store.latest(AuditKind.REFUSALS, 0, Optional.empty(), 500)
                .await()
                .atMost(Duration.ofSeconds(20));
    }
}
