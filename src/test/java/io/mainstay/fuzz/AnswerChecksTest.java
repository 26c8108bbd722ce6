package io.mainstay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of answers find what is wrong, and nothing else. */
class AnswerChecksTest {

    private static final ApiDocument DOCUMENT = new ApiDocument("""
            {"paths": {"/v1/things/{name}": {"get": {
                "parameters": [{"name": "name", "in": "path", "schema": {"type": "string", "pattern": "^[a-z]{1,9}$"}},
                               {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 9}}],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                    "404": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}}},
             "components": {"schemas": {
                "Thing": {"type": "object", "required": ["at"], "properties": {
                    "at": {"type": "string", "format": "date-time"}, "count": {"type": "integer", "minimum": 0},
                    "state": {"type": "string", "enum": ["on", "off"]}}},
                "Problem": {"type": "object", "required": ["type", "title", "status", "detail"], "properties": {
                    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
                    "detail": {"type": "string"}}}}}}""");

    private static final ApiOperation OPERATION = DOCUMENT.operations().get(0);

    private final AnswerChecks checks;

    AnswerChecksTest() throws IOException {
        checks = new AnswerChecks(DOCUMENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "200 | {'at': '2026-01-31T12:00:00.000Z', 'state': 'on'} | -",
                "200 | {'at': 'now'}                                     | not of the format",
                "200 | {'count': 1}                                      | has no at",
                "200 | {'at': '2026-01-31T12:00:00Z', 'count': 1.5}      | not of the type",
                "200 | {'at': '2026-01-31T12:00:00Z', 'count': -1}       | out of its bounds",
                "200 | {'at': '2026-01-31T12:00:00Z', 'state': 'up'}     | none of",
                "200 | {'at': '2026-01-31T12:00:00Z', 'more': 1}         | not described",
                "200 | {'at': '2026-01-31T12:00:00Z', 'at': 1}           | no JSON",
                "200 | {'at'                                             | no JSON",
                "201 | {'at': '2026-01-31T12:00:00Z'}                    | status 201",
                "404 | {'at': '2026-01-31T12:00:00Z'}                    | an error that is no problem",
            })
    void whatIsNotAsDescribedIsFound(int status, String body, String fault) {
        assertFault(answer(status, "application/json", body), fault);
    }

    @ParameterizedTest
    @CsvSource({
        "404, not-found, nothing here, ",
        "404, is-gone, nothing here, docs/rest-api.md has no problem",
        "503, store-unavailable, nothing here, status 503 is not documented",
        "500, internal-error, nothing here, status 500 is not documented",
        "404, not-found, ERR value is not an integer, tells of the inside",
        "404, not-found, java.lang.IllegalStateException, tells of the inside",
        "404, not-found, see JsonReadFeature, tells of the inside",
    })
    void problemsAreThoseThatTheDocsList(int status, String slug, String detail, String fault) {
        String body = "{'type': 'urn:mainstay:problem:%s', 'title': 'a', 'status': %d, 'detail': '%s'}"
                .formatted(slug, status, detail);

        assertFault(answer(status, "application/problem+json", body), fault);
    }

    @Test
    void theSeedAndTheNumberAreAllThatARequestDependsOn() {
        RequestGenerator generator = new RequestGenerator(DOCUMENT, List.of(), 7);
        RequestGenerator again = new RequestGenerator(DOCUMENT, List.of(), 7);

        assertThat(again.request(3).bytes()).isEqualTo(generator.request(3).bytes());
        assertThat(generator.request(4).bytes())
                .isNotEqualTo(generator.request(3).bytes());
    }

    private void assertFault(FuzzAnswer answer, String fault) {
        byte[] bytes = "GET /v1/things/a HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var faults = checks.faults(new FuzzRequest(0, Optional.of(OPERATION), OPERATION, true, bytes), answer);
        if (fault == null) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).anySatisfy(each -> assertThat(each).contains(fault));
        }
    }

    private static FuzzAnswer answer(int status, String type, String body) {
        Map<String, String> headers = Map.of("content-type", type);
        return new FuzzAnswer(status, headers, body.replace('\'', '"'), false, Duration.ZERO);
    }
}
