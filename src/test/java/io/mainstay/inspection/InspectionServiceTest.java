package io.mainstay.inspection;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class InspectionServiceTest extends ApiTest {

    @Test
    void nodesAreShownToOperatorsOfAllQueues() {
        as("operator *")
                .get("/v1/redis")
                .then()
                .statusCode(200)
                .body("stores", hasSize(1))
                .body("stores[0].store", equalTo("first"))
                .body("stores[0].mode", equalTo("standalone"))
                .body("stores[0].nodes", hasSize(1))
                .body("stores[0].nodes[0].address", containsString("127.0.0.1"))
                .body("stores[0].nodes[0].answers", equalTo(true))
                .body("stores[0].nodes[0].role", equalTo("master"))
                .body("stores[0].nodes[0].memory.used", greaterThan(0))
                .body("stores[0].nodes[0].memory.evictionPolicy", notNullValue())
                .body("stores[0].nodes[0].load.clients", greaterThan(0))
                .body("stores[0].faults", hasSize(0))
                .body("stores[0].objections", hasSize(0));
        for (String other : new String[] {"reader *", "operator mail", "producer *"}) {
            as(other).get("/v1/redis").then().statusCode(403);
        }
    }

    @Test
    void memoryOfAQueueIsForItsReaders() {
        json("{\"handler\": \"api-test\"}")
                .post("/v1/queues/" + queue + "/jobs")
                .then()
                .statusCode(201);

        as("reader " + queue)
                .get("/v1/queues/" + queue + "/memory")
                .then()
                .statusCode(200)
                .body("queue", equalTo(queue.value()))
                .body("jobs", equalTo(1))
                .body("sampled", equalTo(1))
                .body("bytes", greaterThan(100));
        as("reader other").get("/v1/queues/" + queue + "/memory").then().statusCode(403);
        assertThat(as("reader *").get("/v1/queues/A B/memory").statusCode()).isEqualTo(422);
    }

    private static RequestSpecification as(String caller) {
        return given().header(CallerByHeader.HEADER, caller);
    }
}
