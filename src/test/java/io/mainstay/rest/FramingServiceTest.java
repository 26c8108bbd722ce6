package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTTP itself is answered with, byte by byte: no request that is read in two ways, no answer without a problem. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class FramingServiceTest extends ApiTest {

    private static final String JOB = "{\"handler\": \"api-test\"}";

    private RawHttp connection;

    @Inject
    ServerSetup server;

    @BeforeEach
    void connect() throws IOException {
        // It comes a moment after the server has started.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::done);
        connection = new RawHttp(RestAssured.port);
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\nTransfer-Encoding: chunked\n",
                "Transfer-Encoding: chunked\nContent-Length: 5\n",
                "Content-Length: 5\nTransfer-Encoding: gzip, chunked\n",
                "Content-Length: 5\nContent-Length: 6\n",
                "Content-Length: -5\n",
                "Content-Length: +5\n",
                "Content-Length: 5x\n",
                "Content-Length: 99999999999999999999\n",
                "Content-Length : 5\n",
                "Transfer-Encoding: chunked\nTransfer-Encoding: chunked, identity\nContent-Length: 3\n",
                "Bad Name: x\n"
            })
    void aLengthThatCanBeReadInTwoWaysIsRefusedAndTheConnectionClosed(String headers) throws IOException {
        String smuggled = "0\n\nGET /q/health/live HTTP/1.1\nHost: a\n\n";
        connection.send(
                "POST " + jobs + " HTTP/1.1\nHost: a\nContent-Type: application/json\n" + headers + "\n" + smuggled);

        connection.read().problem(400, "bad-request");
        connection.awaitClosed();
        assertThat(given().get(jobs).jsonPath().getList("jobs")).isEmpty();
    }

    @Test
    void whatCameBeforeABadRequestIsAnsweredFirst() throws IOException {
        connection.send("GET " + jobs + " HTTP/1.1\nHost: a\n\nPOST " + jobs
                + " HTTP/1.1\nHost: a\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n");

        assertThat(connection.read().status()).isEqualTo(200);
        connection.read().problem(400, "bad-request");
        connection.awaitClosed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\n\n",
                "\u00ff\u00fe\n\n",
                "GET /x y HTTP/1.1\nHost: a\n\n",
                "\"GET\" / HTTP/1.1\nHost: a\n\n",
                "GET /v1/queues HTTP/9.9\nHost: a\n\n",
                "GET /v1/queues HTTP/1.2\nHost: a\n\n",
                "GET /v1/queues HTTPS/1.1\nHost: a\n\n"
            })
    void whatIsNoRequestIsRefusedAndTheConnectionClosed(String text) throws IOException {
        RawHttp.Answer answer = connection.send(text).read();

        answer.problem(400, "bad-request");
        assertThat(answer.headers()).containsEntry("connection", "close");
        connection.awaitClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\n", "-1\n", "ffffffffffffffffff\n", "1\nabc\n", "0\nno colon\n\n"})
    void aBodyThatBreaksOffIsAnsweredBeforeTheConnectionIsClosed(String chunk) throws IOException {
        RawHttp.Answer answer = connection
                .send("POST " + jobs + " HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                        + "Transfer-Encoding: chunked\n\n1\n{\n" + chunk)
                .read();

        answer.problem(400, "bad-request");
        assertThat(answer.headers()).containsEntry("connection", "close");
        connection.awaitClosed();
        assertThat(given().get(jobs).jsonPath().getList("jobs")).isEmpty();
    }

    @Test
    void anAnswerGivenBeforeTheBodyBreaksOffArrives() throws IOException {
        connection
                .send("POST /v1/nothing HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n1\n{\nzz\n")
                .read()
                .problem(404, "not-found");
    }

    @Test
    void refusalsSayWhyAlsoAfterAHeadOnTheSameConnection() throws IOException {
        connection.send("HEAD " + jobs + " HTTP/1.1\nHost: a\n\n").readHead();

        connection.send("GET /v1/% HTTP/1.1\nHost: a\n\n").read().problem(400, "bad-request");
    }

    @Test
    void aMissingHostIsRefused() throws IOException {
        connection.send("GET " + jobs + " HTTP/1.1\n\n").read().problem(400, "bad-request");
    }

    @Test
    void twoHostsAreRefused() throws IOException {
        connection
                .send("GET " + jobs + " HTTP/1.1\nHost: a\nHost: b\n\n")
                .read()
                .problem(400, "bad-request");
    }

    @Test
    void aUriThatIsTooLongIsRefused() throws IOException {
        connection
                .send("GET " + jobs + "?cursor=" + "x".repeat(10_000) + " HTTP/1.1\nHost: a\n\n")
                .read()
                .problem(414, "uri-too-long");
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        connection
                .send("GET " + jobs + " HTTP/1.1\nHost: a\nX: " + "x".repeat(60_000) + "\n\n")
                .read()
                .problem(431, "headers-too-large");
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 3_000_000})
    void aChunkedBodyOverItsLimitIsRefused(int size) throws IOException {
        connection.send("POST " + jobs + " HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                + "Transfer-Encoding: chunked\n\n" + Integer.toHexString(size) + "\n" + "x".repeat(size) + "\n0\n\n");

        connection.read().problem(413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%c3%28", "%00", "a%2fb"})
    void oddEscapesInAPathAreNoServerErrors(String escape) throws IOException {
        connection.send("GET /v1/queues/" + escape + "/jobs HTTP/1.1\nHost: a\n\n");

        RawHttp.Answer answer = connection.read();
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%c3%28", "a=%zz"})
    void oddEscapesInAQueryAreNoServerErrors(String query) throws IOException {
        connection.send("GET " + jobs + "?state=" + query + " HTTP/1.1\nHost: a\n\n");

        RawHttp.Answer answer = connection.read();
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    }

    @Test
    void anUpgradeToHttp2InTheClearIsIgnored() throws IOException {
        connection.send("GET " + jobs + " HTTP/1.1\nHost: a\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\n"
                + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\n\n");

        assertThat(connection.read().status()).isEqualTo(200);
    }

    @Test
    void http2InTheClearIsRefused() throws IOException {
        connection.send("PRI * HTTP/2.0\n\nSM\n\n");

        assertThat(connection.read().status()).isBetween(400, 505);
    }

    @Test
    void aBodyInChunksIsTaken() throws IOException {
        connection.send("POST " + jobs + " HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                + "Transfer-Encoding: chunked\n\n" + Integer.toHexString(JOB.length()) + "\n" + JOB + "\n0\n\n");

        assertThat(connection.read().status()).isEqualTo(201);
    }
}
