package io.mainstay.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(SecuredProfile.class)
class AuthenticationServiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/queues",
                "/v1/queues/mail/jobs/1",
                "/v1/nothing",
                "/v1",
                "/v1/",
                "/v1/../v1/queues",
                "/%761/queues",
                "/v1;a=b/queues",
                "/q/../v1/queues",
                "/q/%2e%2e/v1/queues",
                "//v1/queues",
                "/qq",
                "/"
            })
    void apiNeedsACaller(String path) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType("application/problem+json")
                .body("type", equalTo("urn:mainstay:problem:unauthorized"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/metrics", "/q/openapi"})
    void whatIsNotTheApiNeedsNone(String path) {
        given().get(path).then().statusCode(200);
    }
}
