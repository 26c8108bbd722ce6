package io.mainstay.fuzz;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What every answer is held to. */
final class AnswerChecks {

    private static final int FIRST_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";
    private static final String EVENTS = "text/event-stream";
    /** What any request may be refused with, whatever it asks for. */
    private static final Set<Integer> GENERAL = Set.of(400, 401, 403, 404, 405, 406, 408, 413, 414, 415, 431);

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private final KnownProblems problems = new KnownProblems();
    private final SchemaCheck schemas;
    private final Set<Integer> documented;
    private final JsonNode problem;

    AnswerChecks(ApiDocument document) throws IOException {
        schemas = new SchemaCheck(document);
        documented = Set.copyOf(document.operations().stream()
                .flatMap(operation -> operation.answers().keySet().stream())
                .toList());
        problem = document.resolve(document.schema("Problem"));
    }

    /** @return none if all is well */
    List<String> faults(FuzzRequest request, FuzzAnswer answer) {
        List<String> faults = new ArrayList<>();
        int status = answer.status();
        Set<Integer> allowed = request.operation()
                .map(operation -> operation.answers().keySet())
                .orElse(documented);
        if (!allowed.contains(status) && !GENERAL.contains(status) || status >= SERVER_ERROR && status != UNAVAILABLE) {
            faults.add("status " + status + " is not documented");
        }
        if (status >= FIRST_ERROR || !request.showsHosts()) {
            Leaks.in(answer).forEach(leak -> faults.add("tells of the inside: " + leak));
        }
        if (request.isHead() || status == NO_CONTENT) {
            return faults;
        }
        if (answer.type().equals(PROBLEM) || answer.type().equals(JSON)) {
            body(request, answer, faults);
        } else if (status >= FIRST_ERROR) {
            faults.add("an error that is no problem, but " + answer.type());
        } else if (request.operation().isPresent() && !answer.type().equals(EVENTS)) {
            faults.add("an answer that is no JSON, but " + answer.type());
        }
        return faults;
    }

    private void body(FuzzRequest request, FuzzAnswer answer, List<String> faults) {
        JsonNode body;
        try {
            body = mapper.readTree(answer.body());
        } catch (JsonProcessingException e) {
            faults.add("no JSON: " + e.getOriginalMessage());
            return;
        }
        if (answer.type().equals(PROBLEM)) {
            problem(body, answer.status(), faults);
        } else if (answer.status() >= FIRST_ERROR && !body.has("stopped")) {
            faults.add("an error that is no problem");
        } else if (body.has("stopped")) {
            problem(body.path("stopped"), answer.status(), faults);
        }
        if (answer.status() < FIRST_ERROR && answer.type().equals(PROBLEM)) {
            faults.add("a problem that is no error");
        }
        if (answer.status() == CREATED && !answer.headers().containsKey("location")) {
            faults.add("201 without Location");
        }
        request.operation()
                .map(operation -> operation.answers().get(answer.status()))
                .map(described -> described.path("content").path(answer.type()).path("schema"))
                .ifPresent(schema -> faults.addAll(schemas.faults("body", body, schema)));
    }

    private void problem(JsonNode body, int status, List<String> faults) {
        faults.addAll(schemas.faults("problem", body, problem));
        String type = body.path("type").asText();
        if (!problems.has(type, status)) {
            faults.add("docs/rest-api.md has no problem " + type + " with status " + status);
        }
        if (body.path("status").asInt() != status) {
            faults.add("the problem has another status: " + body.path("status"));
        }
    }
}
