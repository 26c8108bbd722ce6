package io.mainstay.auth.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.auth.SecuredProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SecuredProfile.class)
class TokensServiceTest {

    private static final String ISSUER = "https://server.example.com";
    private static final String AUDIENCE = "https://mainstay.example.com";

    @Test
    void claimsSayWhatTheBearerMayDo() {
        String token = claims().claim(
                        "realm_access", Map.of("roles", List.of("mainstay-operator", "admin", "mainstay-boss")))
                .claim("mainstay_queues", List.of("orders", "mail.*", "no spaces", "*x"))
                .claim("mainstay_payload", true)
                .sign();

        me(token)
                .statusCode(200)
                .body("id", equalTo(ISSUER + " 4711"))
                .body("name", equalTo("alice"))
                .body("roles", equalTo(List.of("reader", "operator")))
                .body("queues", equalTo(List.of("orders", "mail.*")))
                .body("payload", equalTo(true));
    }

    @Test
    void tokenWithoutRolesMayDoNothing() {
        me(claims().sign()).statusCode(403);
        me(claims().claim("realm_access", "mainstay-admin").sign()).statusCode(403);
        me(claims().claim("roles", List.of("mainstay-admin")).sign()).statusCode(403);
    }

    @Test
    void tokenWithoutQueuesSeesNone() {
        me(reader().sign()).statusCode(200).body("queues", equalTo(List.of())).body("payload", equalTo(false));
    }

    @Test
    void foreignAndExpiredTokensAreRefused() throws Exception {
        refused(reader().audience("https://other.example.com").sign());
        refused(reader().issuer("https://other.example.com").sign());
        refused(reader().expiresAt(Instant.now().minusSeconds(600)).sign());
        var other = KeyPairGenerator.getInstance("RSA");
        other.initialize(2048);
        refused(reader().jws().keyId("1").sign(other.generateKeyPair().getPrivate()));
        refused(reader().jws().keyId("another").sign(other.generateKeyPair().getPrivate()));
    }

    @Test
    void forgedTokensAreRefused() throws Exception {
        String good = reader().sign();
        me(good).statusCode(200);
        String[] parts = good.split("\\.");
        String admin = base64(
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("reader", "admin"));
        String none = base64("{\"alg\":\"none\",\"typ\":\"JWT\"}");

        refused(parts[0] + "." + admin + "." + parts[2]);
        refused(none + "." + parts[1] + ".");
        refused(none + "." + parts[1] + "." + parts[2]);
        refused(parts[0] + "." + parts[1] + ".");
        refused(parts[0] + "." + parts[1]);
        refused(parts[0] + "." + parts[1] + "." + parts[2] + "." + parts[2]);
        refused(parts[0] + "." + parts[1] + "." + parts[2].substring(0, 100));
        // The public key, which everybody knows, as the secret of a MAC.
        String symmetric = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"1\"}") + "." + parts[1];
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("AQAB".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        refused(symmetric + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(symmetric.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void noTokenIsNeverARedirect() {
        var answer = given().redirects().follow(false).get("/v1/me").then().statusCode(401);
        assertThat(answer.extract().header("Location")).isNull();
        answer.header("WWW-Authenticate", equalTo("Bearer"));
        given().redirects()
                .follow(false)
                .header("Cookie", "q_session=" + reader().sign())
                .get("/v1/me")
                .then()
                .statusCode(401);
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.preferredUserName("alice").subject("4711").issuer(ISSUER).audience(AUDIENCE);
    }

    private static JwtClaimsBuilder reader() {
        return claims().claim("realm_access", Map.of("roles", List.of("mainstay-reader")));
    }

    private static ValidatableResponse me(String token) {
        return given().header("Authorization", "Bearer " + token).get("/v1/me").then();
    }

    private static void refused(String token) {
        me(token)
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("type", equalTo("urn:mainstay:problem:unauthorized"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
