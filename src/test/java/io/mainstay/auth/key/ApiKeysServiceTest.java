package io.mainstay.auth.key;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.mainstay.auth.SecuredProfile;
import io.mainstay.auth.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(SecuredProfile.class)
class ApiKeysServiceTest {

    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_VALIDITY = Duration.ofSeconds(30);

    @Inject
    ApiKeyStore store;

    @Test
    void keyWorksAtOnceIsShownWithoutItsSecretAndIsGoneWhenRevoked() {
        String key = make("{\"name\": \"shop\", \"roles\": [\"producer\"], \"queues\": [\"orders\", \"mail.*\"]}");
        String id = id(key);

        me(key).statusCode(200)
                .body("id", equalTo(id))
                .body("name", equalTo("shop"))
                .body("roles", equalTo(List.of("producer")))
                .body("queues", equalTo(List.of("orders", "mail.*")))
                .body("payload", equalTo(false));
        String shown = admin().get("/v1/keys/" + id)
                .then()
                .statusCode(200)
                .body("createdBy", equalTo("root"))
                .extract()
                .asString();
        String listed = admin().get("/v1/keys?limit=200")
                .then()
                .statusCode(200)
                .body("keys.id", hasItem(id))
                .extract()
                .asString();
        assertThat(shown + listed)
                .doesNotContain(key.substring(16))
                .doesNotContain(KeyHash.of(key.getBytes()).hex());

        admin().delete("/v1/keys/" + id).then().statusCode(204);
        me(key).statusCode(401);
        admin().get("/v1/keys/" + id)
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:mainstay:problem:key-not-found"));
        admin().delete("/v1/keys/" + id).then().statusCode(204);
    }

    /** "No content" would be taken for a revocation. */
    @Test
    void keyOfTheFileCannotBeRevokedHere() {
        admin().delete("/v1/keys/" + id(SecuredProfile.READER))
                .then()
                .statusCode(422)
                .body("detail", containsString("mainstay.security.keys-file"));
    }

    @Test
    void auditNamesTheKeyThatWasMadeAndNoSecretThatWasGivenForAnId() {
        String key = make("{\"name\": \"shop\", \"roles\": [\"producer\"], \"queues\": [\"orders\"]}");

        admin().delete("/v1/keys/" + key).then().statusCode(422);

        String secret = key.substring(16);
        assertThat(audit("revokeKey", "keys/ms_" + id(key) + "_***")).doesNotContain(secret);
        audit("createKey", "key=" + id(key));
    }

    /** Records arrive a moment after the answer. */
    private static String audit(String operation, String expected) {
        return Awaitility.await()
                .atMost(REVOKED_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> admin().get("/v1/audit?operation=" + operation)
                                .then()
                                .statusCode(200)
                                .extract()
                                .asString(),
                        records -> records.contains(expected));
    }

    @Test
    void keyThatAnotherInstanceRevokesIsUnknownWithinFiveSeconds() {
        String key = make("{\"name\": \"shop\", \"roles\": [\"reader\"], \"queues\": [\"*\"]}");
        me(key).statusCode(200);

        store.remove(id(key), "another").await().atMost(REVOKED_WITHIN);

        Awaitility.await()
                .atMost(REVOKED_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> me(key).statusCode(401));
    }

    @Test
    void keyIsRotatedWithoutAGap() {
        String body = "{\"name\": \"shop\", \"roles\": [\"reader\"], \"queues\": [\"*\"]}";
        String old = make(body);
        String next = make(body);
        me(old).statusCode(200);
        me(next).statusCode(200).body("name", equalTo("shop"));

        admin().delete("/v1/keys/" + id(old)).then().statusCode(204);

        me(old).statusCode(401);
        me(next).statusCode(200);
    }

    /** A busy machine may take longer than a key is valid: then another one is valid for twice as long. */
    @Test
    void expiredKeyIsRefused() {
        Duration validity = Duration.ofMillis(900);
        String key = expiring(validity);
        while (me(key).extract().statusCode() != 200) {
            validity = validity.multipliedBy(2);
            assertThat(validity).as("valid, and refused").isLessThan(LONGEST_VALIDITY);
            key = expiring(validity);
        }
        String accepted = key;

        Awaitility.await()
                .atMost(validity.plus(REVOKED_WITHIN))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> me(accepted).statusCode(401).body("detail", equalTo("The key has expired.")));
    }

    /** No key if it would have expired by the time it was made. */
    private static String expiring(Duration validity) {
        String body = "{\"name\": \"shop\", \"roles\": [\"reader\"], \"queues\": [\"*\"], \"expiresAt\": \"%s\"}"
                .formatted(Instant.now().plus(validity));
        var answer = post(SecuredProfile.ADMIN, body).extract();
        return answer.statusCode() == 201 ? answer.path("key") : "none";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"name\": \"x y\", \"roles\": [\"reader\"], \"queues\": [\"*\"]};422;invalid-value",
                "{\"roles\": [\"reader\"], \"queues\": [\"*\"]};422;invalid-value",
                "{\"name\": \"x\", \"queues\": [\"*\"]};422;invalid-value",
                "{\"name\": \"x\", \"roles\": [], \"queues\": [\"*\"]};422;invalid-value",
                "{\"name\": \"x\", \"roles\": [\"boss\"], \"queues\": [\"*\"]};422;invalid-value",
                "{\"name\": \"x\", \"roles\": [\"reader\"]};422;invalid-value",
                "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"a*b\"]};422;invalid-value",
                "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"*\"], \"key\": \"mine\"};400;unknown-field",
                "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"*\"], \"expiresAt\": \"2020-01-01T00:00:00Z\"};422;invalid-value",
                "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"*\"], \"expiresAt\": \"+1000000000-12-31T23:59:59Z\"};422;invalid-value",
            })
    void wrongRequestsAreRefused(String body, int status, String slug) {
        post(SecuredProfile.ADMIN, body).statusCode(status).body("type", equalTo("urn:mainstay:problem:" + slug));
    }

    @Test
    void nobodyGrantsMoreThanTheyHave() {
        post(SecuredProfile.BLIND, "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"*\"], \"payload\": true}")
                .statusCode(403)
                .body("type", equalTo("urn:mainstay:problem:forbidden"));
        post(SecuredProfile.BLIND, "{\"name\": \"x\", \"roles\": [\"admin\"], \"queues\": [\"*\"]}")
                .statusCode(201);
        // Keys are for administrators of all queues alone.
        post(SecuredProfile.READER, "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"*\"]}")
                .statusCode(403);
        String ofSome = make("{\"name\": \"some\", \"roles\": [\"admin\"], \"queues\": [\"orders\"]}");
        post(ofSome, "{\"name\": \"x\", \"roles\": [\"reader\"], \"queues\": [\"orders\"]}")
                .statusCode(403);
        given().header("Authorization", "Bearer " + SecuredProfile.READER)
                .get("/v1/keys")
                .then()
                .statusCode(403);
    }

    /** How many of them are looked up is the matter of {@link StoredKeysTest}. */
    @Test
    void unknownKeysHoldUpNobody() {
        for (int i = 0; i < 30; i++) {
            String unknown = TestKeys.keyOf(TestKeys.line("x reader *"));
            assertThat(me(unknown).extract().statusCode()).isIn(401, 503);
        }
        me(SecuredProfile.READER).statusCode(200);
    }

    private static String make(String body) {
        return post(SecuredProfile.ADMIN, body).statusCode(201).extract().path("key");
    }

    private static ValidatableResponse post(String key, String body) {
        return given().header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .body(body)
                .post("/v1/keys")
                .then();
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + SecuredProfile.ADMIN);
    }

    private static ValidatableResponse me(String key) {
        return given().header("Authorization", "Bearer " + key).get("/v1/me").then();
    }

    private static String id(String key) {
        return key.substring(3, 15);
    }
}
