package io.mainstay.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rights that a key has are those that its request is held to, up to the end of the request. */
@QuarkusTest
@TestProfile(SecuredProfile.class)
class RightsOfKeysServiceTest {

    private final String name = "rights-" + UUID.randomUUID();
    private final String jobs = "/v1/queues/" + name + "/jobs";

    @Test
    void whatTheKeyDoesNotAllowIsRefused() {
        as(SecuredProfile.READER)
                .post("/v1/queues/" + name + "/pause")
                .then()
                .statusCode(403)
                .body("missing", equalTo("role"));
        as(SecuredProfile.READER).head("/v1/queues/" + name).then().statusCode(200);
        as(SecuredProfile.READER).get(jobs + "/1/log").then().statusCode(403).body("missing", equalTo("payload"));
    }

    @Test
    void payloadsAreLeftOutOfWhatIsReadLateInARequestToo() {
        String job = "{\"handler\": \"noop\", \"id\": \"a\", \"payload\": \"secret\"}";
        as(SecuredProfile.ADMIN).body(job).post(jobs).then().statusCode(201).body("payload", equalTo("secret"));
        as(SecuredProfile.READER)
                .header("Prefer", "wait=1")
                .get(jobs + "/a")
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=1")
                .body("payload", nullValue())
                .body("redacted", equalTo(true));
        as(SecuredProfile.READER)
                .queryParam("include", "payload")
                .get(jobs)
                .then()
                .body("jobs[0].payload", nullValue())
                .body("jobs[0].payloadBytes", equalTo(8));
    }

    private static RequestSpecification as(String key) {
        return given().contentType(ContentType.JSON).auth().oauth2(key);
    }
}
