package io.mainstay.rest.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AccessServiceTest extends ApiTest {

    @Test
    void aMissingRoleIsNamed() {
        assertProblem(
                given().header(CallerByHeader.HEADER, "reader *")
                        .post("/v1/queues/mail/pause")
                        .then()
                        .body("missing", equalTo("role"))
                        .body("detail", equalTo("This needs the role operator.")),
                403,
                "forbidden");
    }

    @Test
    void aMissingQueueIsNamed() {
        assertProblem(
                given().header(CallerByHeader.HEADER, "reader images,mail-*")
                        .get("/v1/queues/mail")
                        .then()
                        .body("missing", equalTo("queue"))
                        .body("detail", equalTo("This caller has no right to the queue mail.")),
                403,
                "forbidden");
    }

    @Test
    void theRightToPayloadsIsNamed() {
        assertProblem(
                given().header(CallerByHeader.HEADER, "reader mail")
                        .get("/v1/queues/mail/jobs/1/log")
                        .then()
                        .body("missing", equalTo("payload")),
                403,
                "forbidden");
    }

    @Test
    void aBodyIsNotWaitedForOfACallerThatMayNotSendIt() throws IOException {
        for (String path : List.of(jobs, jobs + "/bulk")) {
            try (RawHttp http = new RawHttp(RestAssured.port)) {
                http.send("POST " + path + " HTTP/1.1\nHost: localhost\n" + CallerByHeader.HEADER
                                + ": reader *\nContent-Type: application/json\nContent-Length: 100\n\n{")
                        .read()
                        .problem(403, "forbidden");
            }
        }
    }

    @Test
    void anOperationThatDoesNotSayWhoMayCallItIsRefused() {
        assertProblem(given().get("/v1/undeclared").then(), 500, "internal-error");
    }
}
