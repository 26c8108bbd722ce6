package io.mainstay.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.mainstay.rest.RawHttp;
import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is tried to get in, each with its answer. */
@QuarkusTest
@TestProfile(SecuredProfile.class)
class AuthenticationServiceTest {

    private static final String KEY = SecuredProfile.READER;

    @Inject
    CurrentCaller callers;

    @Test
    void whoAsksOutsideOfARequestMayDoNothing() {
        Caller outside = CompletableFuture.supplyAsync(callers::get).join();
        assertThat(outside.roles()).isEmpty();
        assertThat(outside.queues().patterns()).isEmpty();
        assertThat(outside.payload()).isFalse();
    }

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
    @ValueSource(strings = {"/v1/me", "/q/openapi", "/nowhere"})
    void connectionsOfNobodyKnownEndWithTheAnswer(String path) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            assertThat(http.send("GET " + path + " HTTP/1.1\nHost: x\n\n")
                            .read()
                            .headers())
                    .containsEntry("connection", "close");
            http.awaitClosed();
        }
    }

    @Test
    void filesOfTheDashboardComeOnOneConnectionWhichIsNotKeptForLong() throws IOException {
        String request = "GET /dashboard/style.css HTTP/1.1\nHost: x\n\n";
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            assertThat(http.send(request).read().headers()).doesNotContainKey("connection");
            assertThat(http.send(request).read().status()).isEqualTo(200);
            assertThat(http.send("GET /v1/me HTTP/1.1\nHost: x\n\n").read().headers())
                    .containsEntry("connection", "close");
            http.awaitClosed();
        }
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            assertThat(http.send(request).read().status()).isEqualTo(200);
            http.awaitClosed();
        }
    }

    @Test
    void connectionsOfCallersAreKept() throws IOException {
        String request = "GET /v1/me HTTP/1.1\nHost: x\nAuthorization: Bearer " + SecuredProfile.ADMIN + "\n\n";
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            assertThat(http.send(request).read().status()).isEqualTo(200);
            assertThat(http.send(request).read().status()).isEqualTo(200);
        }
    }

    @Test
    void pathsOfRefusedRequestsAreNoLabels() {
        given().get("/v1/written-by-nobody/1").then().statusCode(401);
        given().header("Content-Type", "text/odd")
                .body("x")
                .post("/v1/written-by-nobody/2")
                .then()
                .statusCode(415);
        given().header("Authorization", "Bearer " + SecuredProfile.ADMIN)
                .get("/v1/queues/labelled")
                .then()
                .statusCode(200);

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("uri=\"/v1/queues/{queue}\""))
                .body(not(containsString("written-by-nobody")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/live", "/q/metrics", "/q/openapi"})
    void whatIsNotTheApiNeedsNone(String path) {
        given().get(path).then().statusCode(200);
        given().header("Authorization", "Bearer nonsense").get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer KEY", "bearer KEY", "BEARER   KEY", "bEaReR KEY  "})
    void keyIsTheCallersName(String header) throws IOException {
        assertThat(status("Authorization: " + header)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KEY",
                "Basic KEY",
                "Basic cm9vdDpyb290",
                "Bearer",
                "Bearer ",
                "BearerKEY",
                "Bearer KEY KEY",
                "Bearer KEY,KEY",
                "Bearer \"KEY\"",
                "Bearer KEYx",
                "Bearer ms_",
                "Bearer ms_x",
                "Bearer nonsense",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.",
                "Digest KEY"
            })
    void anythingElseIsRefused(String header) throws IOException {
        assertThat(status("Authorization: " + header)).isEqualTo(401);
    }

    @Test
    void changedKeyIsRefused() throws IOException {
        for (int place : new int[] {3, 14, 16, 40, 58, 59, 64}) {
            assertThat(status("Authorization: Bearer " + TestKeys.changed(KEY, place)))
                    .isEqualTo(401);
        }
        String forged = TestKeys.keyOf(TestKeys.line("root admin *"));
        assertThat(status("Authorization: Bearer " + forged)).isEqualTo(401);
    }

    @Test
    void keyElsewhereIsNoKey() throws IOException {
        assertThat(status("X-Api-Key: KEY")).isEqualTo(401);
        assertThat(status("Proxy-Authorization: Bearer KEY")).isEqualTo(401);
        assertThat(status("Cookie: Authorization=Bearer KEY; q_session=KEY")).isEqualTo(401);
        for (String query : new String[] {"access_token=KEY", "key=KEY", "authorization=Bearer%20KEY"}) {
            given().urlEncodingEnabled(false)
                    .get("/v1/queues?" + query.replace("KEY", KEY))
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void twoKeysAreRefusedAlsoIfBothAreGood() throws IOException {
        assertThat(status("Authorization: Bearer KEY\nAuthorization: Bearer KEY"))
                .isEqualTo(401);
        assertThat(status("Authorization: Bearer KEY\nauthorization: Basic x")).isEqualTo(401);
    }

    @Test
    void longHeadersAreRefused() throws IOException {
        assertThat(status("Authorization: Bearer ms_" + "a".repeat(9000))).isEqualTo(401);
        assertThat(status("Authorization: Bearer " + "a.".repeat(4000))).isEqualTo(401);
        assertThat(status("Authorization: Bearer " + "a".repeat(20000))).isEqualTo(431);
    }

    /** One line, however many there are; and what was sent is not in it. */
    @Test
    void refusedRequestsAreCounted() throws IOException {
        double before = refused("malformed");
        for (int i = 0; i < 20; i++) {
            status("Authorization: Bearer ms_x");
        }
        assertThat(refused("malformed")).isEqualTo(before + 20);
    }

    private static double refused(String reason) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("mainstay_auth_refused_total{reason=\"" + reason + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Of a read with those headers. */
    private static int status(String headers) throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            return http.send("GET /v1/queues HTTP/1.1\nHost: localhost\n" + headers.replace("KEY", KEY) + "\n\n")
                    .read()
                    .status();
        }
    }
}
