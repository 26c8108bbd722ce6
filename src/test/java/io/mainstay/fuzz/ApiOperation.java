package io.mainstay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One operation of the API, as it is described.
 *
 * @param path with the names of its parameters in braces
 * @param parameters without references
 * @param bodies what is described of the body, by media type; none if it has no body
 * @param answers what is described of the answer, by status, without references
 */
record ApiOperation(
        String method,
        String path,
        List<JsonNode> parameters,
        Map<String, JsonNode> bodies,
        Map<Integer, JsonNode> answers) {

    List<JsonNode> parametersIn(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals(place))
                .toList();
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
