package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Bulk bodies that do not come keep nobody out, however long they may stay. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class IdleBodiesServiceTest extends ApiTest {

    @Test
    void theOneThatBroughtNothingForLongestYields() throws IOException {
        List<RawHttp> idle = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            idle.add(new RawHttp(RestAssured.port)
                    .send("POST " + jobs + "/bulk HTTP/1.1\nHost: a\nContent-Type: application/json\n"
                            + "Content-Length: 1000\n\n[{\"handler\": \"api-test\"}, {"));
            // One after the other, also on a busy machine: which one is idle for longest has to be known.
            int there = i + 1;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> given().get(jobs).jsonPath().getList("jobs").size() == there);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> json("[{\"handler\": \"api-test\"}]")
                                .post(jobs + "/bulk")
                                .statusCode()
                        == 200);

        RawHttp.Answer answer = idle.get(0).read();
        assertThat(answer.status()).as(answer.body()).isEqualTo(408);
        assertThat(new JsonPath(answer.body()).getInt("next")).isEqualTo(1);
        for (RawHttp each : idle) {
            each.close();
        }
    }
}
