package io.mainstay.dashboard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.rest.ApiProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page is served; what it does is tried in a browser, see {@code DashboardIT}. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class DashboardServiceTest {

    private static final Path FOLDER = Path.of("src/main/resources/META-INF/resources/dashboard");
    private static final String PAGE = "/dashboard/";
    private static final int MOST_COMPRESSED_BYTES = 150 * 1024;

    @Test
    void browsersAreLedToThePage() {
        given().redirects()
                .follow(false)
                .header("Accept", "text/html,*/*;q=0.8")
                .get("/")
                .then()
                .statusCode(302)
                .header("Location", "dashboard/");
        given().redirects()
                .follow(false)
                .get("/dashboard")
                .then()
                .statusCode(302)
                .header("Location", "dashboard/");
        given().header("Accept", "*/*").get("/").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void pageMayRunNothingButWhatIsServedHere() {
        String policy = given().get(PAGE)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Cache-Control", "no-cache")
                .header("X-Frame-Options", "DENY")
                .header("X-Content-Type-Options", "nosniff")
                .extract()
                .header("Content-Security-Policy");

        assertThat(policy)
                .contains("default-src 'none'", "script-src 'self' 'sha256-", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
    }

    @Test
    void pageHasNoCodeOrStyleOfItsOwn() throws IOException {
        String page = Files.readString(FOLDER.resolve("index.html"));

        assertThat(page).doesNotContain("<style", "style=", "onload", "onclick");
        assertThat(page.split("<script", -1)).as("the import map and app.js").hasSize(3);
    }

    /**
     * Else a browser finds each by reading the one before it; node src/test/dashboard/vendor.mjs writes them down. Those that the first
     * view does not need are loaded later.
     */
    @Test
    void allModulesAreNamedInThePage() throws IOException {
        String page = Files.readString(FOLDER.resolve("index.html"));
        List<String> later = new ArrayList<>();
        libraries().forEach(library -> {
            if (library.path("lazy").asBoolean()) {
                later.add("vendor/" + library.get("name").asText());
            }
        });

        assertThat(later).hasSize(1).allSatisfy(file -> assertThat(page).doesNotContain('"' + file + '"'));
        assertThat(files())
                .filteredOn(file -> file.endsWith(".js") && !later.contains(file))
                .allSatisfy(file -> assertThat(page).contains('"' + file + '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.js", "style.css", "icon.svg", "vendor/vendor.json"})
    void whatIsUnchangedIsNotSentAgain(String file) {
        Response first = given().get(PAGE + file);
        assertThat(first.statusCode()).isEqualTo(200);

        given().header("If-None-Match", first.header("ETag"))
                .get(PAGE + file)
                .then()
                .statusCode(304)
                .body(equalTo(""));
        given().head(PAGE + file).then().statusCode(200).header("ETag", first.header("ETag"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.js",
                "..%2f..%2fmicroprofile-config.properties",
                "%2e%2e/%2e%2e/openapi.yaml",
                "vendor",
                "lib/",
                "lib/..%5capp.js"
            })
    void nothingElseIsServed(String path) {
        given().urlEncodingEnabled(false).get(PAGE + path).then().statusCode(404);
    }

    @Test
    void librariesAreThoseThatWereChosen() throws IOException {
        JsonNode libraries = libraries();
        assertThat(libraries).isNotEmpty();
        for (JsonNode library : libraries) {
            String name = "vendor/" + library.get("name").asText();
            byte[] content = Files.readAllBytes(FOLDER.resolve(name));

            assertThat(HexFormat.of().formatHex(DashboardFile.sha256(content)))
                    .as(name)
                    .isEqualTo(library.get("sha256").asText());
            assertThat(Files.readString(FOLDER.resolve("index.html"))).contains(name);
            given().get(PAGE + name).then().header("Cache-Control", containsString("immutable"));
        }
    }

    /** All of it, not only what the first view needs. */
    @Test
    void pageIsSmall() throws IOException {
        RestAssuredConfig asItComes = RestAssuredConfig.config()
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
        int bytes = 0;
        for (String file : files()) {
            Response answer =
                    given().config(asItComes).header("Accept-Encoding", "gzip").get(PAGE + file);
            assertThat(answer.statusCode()).as(file).isEqualTo(200);
            assertThat(answer.header("Content-Encoding")).as(file).isEqualTo("gzip");
            bytes += answer.body().asByteArray().length;
        }

        assertThat(bytes).isLessThan(MOST_COMPRESSED_BYTES);
    }

    private static JsonNode libraries() throws IOException {
        return new ObjectMapper().readTree(FOLDER.resolve("vendor/vendor.json").toFile());
    }

    private static List<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(FOLDER)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
