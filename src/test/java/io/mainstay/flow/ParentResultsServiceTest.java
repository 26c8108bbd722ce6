package io.mainstay.flow;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WorkersProfile.class)
class ParentResultsServiceTest {

    private static final String JOBS = "/v1/queues/parents/jobs";

    @Test
    void handlerReadsWhatItsParentsCameTo() {
        String flow = """
                {"id": "parents", "jobs": {
                  "one": {"queue": "parents", "handler": "echo", "payload": 1},
                  "dies": {"queue": "parents-too", "handler": "fail", "maxAttempts": 1, "payload": {"message": "no"}},
                  "last": {"queue": "parents", "handler": "test-parents", "after": ["dies", "one"], "onParentDead": "run"}}}
                """;
        given().contentType(ContentType.JSON)
                .body(flow)
                .post("/v1/flows")
                .then()
                .statusCode(201);

        given().header("Prefer", "wait=20")
                .get(JOBS + "/flow-parents-2")
                .then()
                .body("state", equalTo("succeeded"))
                .body("result", contains("dies dead -", "one succeeded 1"));
    }

    @Test
    void jobOfNoFlowHasNone() {
        given().contentType(ContentType.JSON)
                .body("{\"handler\": \"test-parents\"}")
                .header("Prefer", "wait=20")
                .post(JOBS)
                .then()
                .body("state", equalTo("succeeded"))
                .body("result", empty());
    }
}
