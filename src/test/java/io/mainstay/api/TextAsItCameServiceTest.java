package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.job.Json;
import io.mainstay.queue.Settlement;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers and handlers wrote as JSON is kept and given back to the byte, whichever way it came. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class TextAsItCameServiceTest extends ApiTest {

    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final long seed = new Random().nextLong();
    private final List<String> texts = new Random(seed)
            .ints(20)
            .mapToObj(each -> JsonTexts.random(new Random(each)))
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void payloadsOfABulk(String type) {
        List<String> all = IntStream.range(0, texts.size())
                .mapToObj(i ->
                        "{\"handler\": \"api-test\", \"id\": \"job-%d\", \"payload\": %s }".formatted(i, texts.get(i)))
                .toList();
        boolean lines = type.endsWith("ndjson");
        String body = lines
                ? all.stream().map(text -> text.replace('\n', ' ')).collect(Collectors.joining("\n"))
                : "[" + String.join(",", all) + "]";
        bytes(type, marked(body)).post(jobs + "/bulk").then().statusCode(200).body("created", equalTo(texts.size()));

        for (int i = 0; i < texts.size(); i++) {
            String text = lines ? texts.get(i).replace('\n', ' ') : texts.get(i);
            assertThat(read(jobs + "/job-" + i))
                    .describedAs("seed %d", seed)
                    .contains("\"payload\":" + text + ",\"enqueuedAt\"");
        }
    }

    @Test
    void bodyOfAnHttpJob() {
        for (String text : texts) {
            String http = "{\"url\":  \"http://localhost/\" , \"body\" :%s}".formatted(text);
            String id = post(jobs, "{\"http\": %s}".formatted(http)).extract().path("id");

            assertThat(read(jobPath(id))).describedAs("seed %d", seed).contains("\"http\":" + http + ",\"enqueuedAt\"");
        }
    }

    @Test
    void payloadOfASchedule() {
        String path = "/v1/schedules/" + queue;
        String body =
                "{\"cron\": \"@daily\", \"queue\": \"%s\", \"job\": {\"handler\": \"api-test\", \"payload\": %s}}";
        try {
            for (String text : texts) {
                bytes("application/json", marked(body.formatted(queue, text))).put(path);
                assertThat(read(path)).describedAs("seed %d", seed).contains("\"payload\":" + text);

                String id = given().post(path + "/trigger").then().extract().path("id");
                assertThat(read(jobPath(id)))
                        .describedAs("seed %d", seed)
                        .contains("\"payload\":" + text + ",\"enqueuedAt\"");
            }
        } finally {
            given().delete(path);
        }
    }

    @Test
    void payloadAndResultInAFlow() {
        Map<String, String> flows = new LinkedHashMap<>();
        // Not that of the first ones: they would be in line together.
        String second = queue + "-second";
        for (String text : texts.subList(0, 5)) {
            String job = "{\"queue\": \"%s\", \"handler\": \"api-test\", \"payload\": %s";
            String id = post(
                            "/v1/flows",
                            "{\"jobs\": {\"a\": %s}, \"b\": %s, \"after\": [\"a\"]}}}"
                                    .formatted(job.formatted(queue, text), job.formatted(second, text)))
                    .extract()
                    .path("id");
            flows.put(id, text);
            run(lease -> {
                assertThat(lease.id().value()).isEqualTo("flow-" + id + "-0");
                return new Settlement.Complete(lease, Optional.of(new Json(text)));
            });
        }
        flows.forEach((id, text) -> {
            String child = "/v1/queues/" + second + "/jobs/flow-" + id + "-1";
            Awaitility.await().until(() -> read(child).contains("\"state\":\"ready\""));

            assertThat(read(jobPath("flow-" + id + "-0")))
                    .describedAs("seed %d", seed)
                    .contains("\"payload\":" + text + ",", "\"result\":" + text + ",");
            assertThat(read(child)).describedAs("seed %d", seed).contains("\"payload\":" + text + ",");
            assertThat(read(child + "/parents")).describedAs("seed %d", seed).contains("\"result\":" + text + "}");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "e28a", "c3"})
    void whatIsNotUtf8IsRefusedAndNotReplaced(String hex) {
        byte[] odd = HexFormat.of().parseHex(hex);
        byte[] body = join(
                "{\"handler\": \"api-test\", \"payload\": \"".getBytes(StandardCharsets.UTF_8),
                odd,
                "\"}".getBytes(StandardCharsets.UTF_8));

        assertProblem(bytes("application/json", body).post(jobs).then(), 400, "malformed-json");
        bytes("application/x-ndjson", body)
                .post(jobs + "/bulk")
                .then()
                .statusCode(200)
                .body("results[0].status", equalTo(400));
    }

    @Test
    void aMarkAloneIsNoBulk() {
        bytes("application/x-ndjson", MARK)
                .post(jobs + "/bulk")
                .then()
                .statusCode(200)
                .body("created", equalTo(0));
        for (byte[] begun : List.of(
                new byte[] {MARK[0]},
                new byte[] {MARK[0], MARK[1], '['},
                join(MARK, MARK, "[]".getBytes(StandardCharsets.UTF_8)))) {
            bytes("application/json", begun).post(jobs + "/bulk").then().statusCode(400);
        }
    }

    private ValidatableResponse post(String path, String body) {
        return bytes("application/json", marked(body)).post(path).then().statusCode(201);
    }

    private static String read(String path) {
        return new String(given().get(path).then().statusCode(200).extract().asByteArray(), StandardCharsets.UTF_8);
    }

    private static RequestSpecification bytes(String type, byte[] body) {
        EncoderConfig plain = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config()
                        .encoderConfig(plain.encodeContentTypeAs("application/x-ndjson", ContentType.BINARY)))
                .contentType(type)
                .body(body);
    }

    private static byte[] marked(String text) {
        return join(MARK, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
