package io.mainstay.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AuditServiceTest extends ApiTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final AuditLines lines = AuditLines.open();

    @AfterEach
    void close() {
        lines.close();
    }

    @Test
    void aChangeIsLoggedWhenItIsAnsweredAndKept() {
        given().post("/v1/queues/" + queue + "/pause").then().statusCode(200);

        assertThat(lines.with(queue.value()))
                .containsExactly("Audit audit=\"changes\" operation=\"pauseQueue\" queue=\"" + queue
                        + "\" caller=\"anonymous\" callerName=\"anonymous\" from=\"127.0.0.1\" status=\"200\"");
        assertThat(lines.field("operation")).isEqualTo("pauseQueue");
        assertThat(lines.field("queue")).isEqualTo(queue.value());
        assertThat(lines.field("status")).isEqualTo("200");
        JsonPath kept = kept(1);
        assertThat(kept.getMap("records[0]")).doesNotContainKeys("object", "detail");
        assertThat(kept.getString("records[0].operation")).isEqualTo("pauseQueue");
        assertThat(kept.getString("records[0].queue")).isEqualTo(queue.value());
        assertThat(kept.getString("records[0].caller")).isEqualTo("anonymous");
        assertThat(kept.getString("records[0].from")).isEqualTo("127.0.0.1");
        assertThat(kept.getInt("records[0].status")).isEqualTo(200);
        assertThat(kept.getString("records[0].at")).isNotBlank();
    }

    @Test
    void whatFailedIsRecordedToo() {
        given().delete(jobPath("nobody")).then().statusCode(404);

        JsonPath kept = kept(1);
        assertThat(kept.getString("records[0].operation")).isEqualTo("cancelJob");
        assertThat(kept.getString("records[0].object")).isEqualTo("jobs/nobody");
        assertThat(kept.getInt("records[0].status")).isEqualTo(404);
    }

    @Test
    void whatChangesManyTellsHowMany() {
        enqueued();
        enqueued();
        given().post(jobs + "/cancel?state=ready").then().statusCode(200).body("count", equalTo(2));
        given().delete("/v1/queues/" + queue + "?force=true").then().statusCode(200);

        JsonPath kept = kept(2);
        assertThat(kept.getList("records.operation")).containsExactly("deleteQueue", "cancelJobs");
        assertThat(kept.getList("records.detail")).containsExactly("cancelled=0 deleted=2", "count=2");
    }

    @Test
    void enqueuesAndReadsLeaveNoRecord() {
        String id = enqueued();
        given().get(jobPath(id)).then().statusCode(200);
        given().post("/v1/queues/" + queue + "/pause").then().statusCode(200);

        kept(1);
        assertThat(lines.with(queue.value())).hasSize(1);
        given().get("/v1/audit?kind=enqueues&queue=" + queue)
                .then()
                .statusCode(200)
                .body("records", empty());
    }

    @Test
    void anAddressThatAnybodyForwardsCountsForNothing() {
        given().header("X-Forwarded-For", "6.6.6.6")
                .header("Forwarded", "for=6.6.6.6")
                .post("/v1/queues/" + queue + "/pause")
                .then()
                .statusCode(200);

        assertThat(kept(1).getString("records[0].from")).isEqualTo("127.0.0.1");
    }

    /** Nothing of it is taken for a line of ours, or for another field. */
    @Test
    void hostileNamesForgeNothing() throws IOException {
        String hostile = queue + "%0d%0aAudit%20audit=%22changes%22%20caller=%22root%22%e2%80%a8%1b%5b2K";
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send("POST /v1/queues/" + hostile + "/pause HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
            assertThat(http.read().status()).isEqualTo(422);
        }

        List<String> logged = lines.with(queue.value());
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0))
                .doesNotContainPattern("[\\p{Cntrl}\\u2028]")
                .contains("queue=\"" + queue + "\uFFFD\uFFFDAudit audit=\\\"changes\\\" caller=\\\"root\\\"")
                .contains(" caller=\"anonymous\"");
    }

    @Test
    void aCallerThatDoesNotWaitIsRecordedAllTheSame() throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            http.send("POST /v1/queues/" + queue + "/pause HTTP/1.1\nHost: a\nContent-Length: 0\n\n");
        }

        assertThat(kept(1).getString("records[0].operation")).isEqualTo("pauseQueue");
    }

    @Test
    void recordsAreFilteredAndPaged() {
        for (String change : List.of("pause", "resume", "pause", "resume", "pause")) {
            given().post("/v1/queues/" + queue + "/" + change).then().statusCode(200);
        }
        JsonPath all = kept(5);

        List<String> pages = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = given().queryParam("queue", queue.value())
                    .queryParam("limit", 2)
                    .queryParams(cursor == null ? java.util.Map.of() : java.util.Map.of("cursor", cursor))
                    .get("/v1/audit")
                    .jsonPath();
            pages.addAll(page.getList("records.id"));
            cursor = page.getString("next");
        } while (cursor != null);
        assertThat(pages).isEqualTo(all.getList("records.id"));

        records("operation", "resumeQueue").body("records", hasSize(2));
        records("caller", "anonymous").body("records", hasSize(5));
        records("caller", "nobody").body("records", empty());
        records("from", all.getString("records[0].at")).body("records[0].id", equalTo(all.getString("records[0].id")));
        records("to", "2020-01-01T00:00:00Z").body("records", empty()).body("next", nullValue());
        records("from", "2999-01-01T00:00:00+01:00").body("records", empty());
    }

    private io.restassured.response.ValidatableResponse records(String name, String value) {
        return given().queryParam("queue", queue.value())
                .queryParam(name, value)
                .get("/v1/audit")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "kind, all",
        "from, yesterday",
        "to, 1",
        "cursor, x",
        "cursor, 1-",
        "limit, 0",
        "limit, 201",
        "limit, many",
        "cursor, 99999999999999999999-0"
    })
    void whatIsNotUnderstoodIsRefused(String name, String value) {
        given().queryParam(name, value)
                .get("/v1/audit")
                .then()
                .statusCode(422)
                .body("field", equalTo(name))
                .body("detail", containsString(name));
    }

    /** Of this test's queue, once there are so many. */
    private JsonPath kept(int count) {
        Awaitility.await("records")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> given().queryParam("queue", queue.value())
                        .get("/v1/audit")
                        .then()
                        .statusCode(200)
                        .body("records", hasSize(count))
                        .body("records[0].id", notNullValue()));
        return given().queryParam("queue", queue.value()).get("/v1/audit").jsonPath();
    }
}
