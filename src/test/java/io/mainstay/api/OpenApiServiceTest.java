package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.queue.WaitReason;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class OpenApiServiceTest extends ApiTest {

    @Inject
    ObjectMapper mapper;

    @Test
    void everyOperationHasANameASuccessAndItsProblems() throws IOException {
        JsonNode document = document();
        List<String> operations = new ArrayList<>();
        document.path("paths").properties().forEach(path -> {
            if (path.getKey().startsWith("/v1/queues")) {
                path.getValue().elements().forEachRemaining(operation -> {
                    operations.add(operation.path("operationId").asText());
                    JsonNode answers = operation.path("responses");
                    assertThat(answers.has("200") || answers.has("204"))
                            .as(path.getKey())
                            .isTrue();
                    assertThat(answers.has("422")).as(path.getKey()).isTrue();
                    assertThat(answers.has("503")).as(path.getKey()).isTrue();
                });
            }
        });
        assertThat(operations)
                .contains(
                        "enqueue",
                        "enqueueBulk",
                        "listJobs",
                        "getJob",
                        "explainJob",
                        "cancelJob",
                        "requeueJob",
                        "requeueJobs",
                        "cancelJobs",
                        "deleteJobs",
                        "listQueues",
                        "deleteQueue",
                        "getQueue",
                        "pauseQueue",
                        "resumeQueue");
    }

    @Test
    void everyOperationSaysWhoMayCallIt() throws IOException {
        JsonNode document = document();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().elements().forEachRemaining(operation -> {
                    assertThat(operation.path("x-mainstay-access").path("roles").size())
                            .as(path.getKey())
                            .isPositive();
                    assertThat(operation.path("description").asText()).contains("Needs the role ");
                    assertThat(operation.path("responses").has("401")).isTrue();
                    assertThat(operation.path("responses").has("403")).isTrue();
                }));
        assertThat(document.at("/components/securitySchemes").properties()).hasSize(1);
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
        assertThat(document.at("/security/0").has("bearer")).isTrue();
        JsonNode enqueue = document.at("/paths/~1v1~1queues~1{queue}~1jobs/post/x-mainstay-access");
        assertThat(enqueue.toString()).isEqualTo("{\"roles\":[\"producer\"],\"scope\":\"queue\",\"payload\":false}");
    }

    @Test
    void whatHasNoBodyAsksForNone() throws IOException {
        JsonNode document = document();
        document.path("paths").properties().forEach(path -> {
            for (String method : List.of("get", "delete")) {
                assertThat(path.getValue().path(method).has("requestBody"))
                        .as("%s %s", method, path.getKey())
                        .isFalse();
            }
        });
        assertThat(document.at("/components/schemas").has("RoutingContext")).isFalse();
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode document = document();
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty();
        assertThat(references).allSatisfy(reference -> {
            assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse();
        });
    }

    /** A component for the path and one for the query may be of the same name. */
    @Test
    void parametersAreThoseOfThePathWhereThePathNamesThem() throws IOException {
        JsonNode document = document();
        document.path("paths").properties().forEach(path -> path.getValue()
                .findValues("parameters")
                .forEach(parameters -> parameters.forEach(parameter -> {
                    JsonNode described = parameter.has("$ref")
                            ? document.at(parameter.path("$ref").asText().substring(1))
                            : parameter;
                    String name = described.path("name").asText();
                    assertThat(described.path("in").asText().equals("path"))
                            .as("%s: %s", path.getKey(), parameter)
                            .isEqualTo(path.getKey().contains("{" + name + "}"));
                })));
    }

    @Test
    void examplesOfNewJobsCarryOnlyKnownFields() throws IOException {
        JsonNode examples = document().at("/components/requestBodies/NewJob/content/application~1json/examples");
        assertThat(examples.size()).isEqualTo(3);
        for (JsonNode example : examples) {
            // Handlers may be unknown to this test, hence 422; a field that is not there would be 400.
            assertThat(json(example.path("value").toString()).post(jobs).statusCode())
                    .isIn(201, 422);
        }
    }

    @Test
    void everyFieldOfAJobIsDescribed() throws IOException {
        enqueued();
        run(ApiTest::death);
        JsonNode job = mapper.readTree(
                        given().queryParam("state", "dead").get(jobs).asString())
                .at("/jobs/0");
        JsonNode described = document().at("/components/schemas/Job/properties");
        job.properties().forEach(field -> assertThat(described.has(field.getKey()))
                .as(field.getKey())
                .isTrue());
    }

    @Test
    void everyFieldOfAnExplanationIsDescribed() throws IOException {
        JsonNode described = document().at("/components/schemas/Explanation/properties");
        String id = enqueued();
        run(ApiTest::death);
        mapper.readTree(given().get(jobPath(id) + "/explain").asString())
                .properties()
                .forEach(field -> assertThat(described.has(field.getKey()))
                        .as(field.getKey())
                        .isTrue());
        assertThat(described.size()).isEqualTo(ExplanationView.class.getRecordComponents().length);
    }

    @Test
    void everyReasonIsDescribed() throws IOException {
        JsonNode reasons = document().at("/components/schemas/Explanation/properties/reason/enum");
        assertThat(reasons)
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(Arrays.stream(WaitReason.values())
                        .map(WaitReason::wireName)
                        .toList());
    }

    private JsonNode document() throws IOException {
        return mapper.readTree(
                given().queryParam("format", "json").get("/q/openapi").asString());
    }
}
