package io.mainstay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes requests from the description of the API. The same seed and number make the same request, whatever the answers before it were. */
final class RequestGenerator {

    private final ApiDocument document;
    private final List<ApiOperation> operations;
    private final List<String> headers;
    private final long seed;

    /** @param headers lines that every request has, such as who sends it */
    RequestGenerator(ApiDocument document, List<String> headers, long seed) {
        this.document = document;
        this.operations = document.operations();
        this.headers = List.copyOf(headers);
        this.seed = seed;
    }

    /** Takes the operations by turns. */
    FuzzRequest request(int number) {
        // Neighbours among seeds begin alike, their first numbers do not.
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed + number).nextLong());
        ApiOperation operation = operations.get(number % operations.size());
        return new Draft(number, operation, random).request();
    }

    /** One request that is being made. */
    private final class Draft {

        private final int number;
        private final ApiOperation operation;
        private final SplittableRandom random;
        private final TextValues texts;
        private final JsonValues values;
        private boolean certain = true;
        private boolean framed = true;

        Draft(int number, ApiOperation operation, SplittableRandom random) {
            this.number = number;
            this.operation = operation;
            this.random = random;
            this.texts = new TextValues(document, random, pick(List.of(0.0, 0.0, 0.1, 0.4)));
            // Of a body each value may be odd, so that few bodies would get past their first.
            this.values = new JsonValues(document, random, pick(List.of(0.0, 0.0, 0.02, 0.1)));
        }

        FuzzRequest request() {
            String line = method() + " " + path() + query() + " " + version() + "\r\n";
            List<String> lines = headerLines();
            byte[] body = body(lines);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            lines.forEach(header -> bytes.writeBytes((header + "\r\n").getBytes(StandardCharsets.UTF_8)));
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(body);
            return new FuzzRequest(
                    number,
                    certain ? Optional.of(operation) : Optional.empty(),
                    operation,
                    framed,
                    bytes.toByteArray());
        }

        private String method() {
            if (!once(30)) {
                return operation.method();
            }
            certain = false;
            String method = pick(OddHeaders.METHODS);
            framed &= !method.equals("CONNECT");
            return method;
        }

        private String path() {
            StringBuilder path = new StringBuilder();
            for (String segment : operation.path().substring(1).split("/")) {
                path.append('/').append(segment(segment));
            }
            if (once(60)) {
                certain = false;
                return pick(List.of(
                        path + "/",
                        "/" + path,
                        path.substring(1),
                        "/." + path,
                        "http://evil.example" + path,
                        "*",
                        path + ";a=b",
                        "/q/.." + path,
                        path.toString().toUpperCase()));
            }
            return path.toString();
        }

        private String segment(String template) {
            if (once(25)) {
                certain = false;
                return pick(OddTargets.SEGMENTS);
            } else if (!template.startsWith("{")) {
                return template;
            }
            String name = template.substring(1, template.length() - 1);
            JsonNode parameter = operation.parametersIn("path").stream()
                    .filter(each -> each.path("name").asText().equals(name))
                    .findFirst()
                    .orElseThrow();
            String value = texts.parameter(name, parameter.path("schema"));
            // An empty one is another path, and so are dots.
            certain &= !value.isBlank() && !value.matches("\\.+");
            return encoded(value);
        }

        private String query() {
            if (once(20)) {
                return "?" + pick(OddTargets.QUERIES);
            }
            List<String> pairs = new ArrayList<>();
            for (JsonNode parameter : operation.parametersIn("query")) {
                if (parameter.path("required").asBoolean() || random.nextInt(3) == 0) {
                    String name = parameter.path("name").asText();
                    pairs.add(encoded(name) + "=" + encoded(texts.parameter(name, parameter.path("schema"))));
                }
            }
            return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
        }

        private String version() {
            if (!once(100)) {
                return "HTTP/1.1";
            }
            certain = false;
            framed = false;
            return pick(OddHeaders.VERSIONS);
        }

        private List<String> headerLines() {
            List<String> lines = new ArrayList<>(headers);
            lines.add("Host: localhost");
            for (JsonNode parameter : operation.parametersIn("header")) {
                if (random.nextInt(4) == 0) {
                    String value = texts.parameter(parameter.path("name").asText(), parameter.path("schema"));
                    lines.add(parameter.path("name").asText() + ": " + value.replaceAll("[\\x00-\\x1f\\x7f]", "?"));
                }
            }
            while (once(4)) {
                lines.add(pick(OddHeaders.HARMLESS));
            }
            if (once(25)) {
                lines.add(random.nextInt(lines.size() + 1), pick(OddHeaders.CONFUSING));
                certain = false;
                framed = false;
            }
            return lines;
        }

        private byte[] body(List<String> lines) {
            List<String> types = List.copyOf(operation.bodies().keySet());
            if (types.isEmpty() && !once(40)) {
                return new byte[0];
            }
            String type = types.isEmpty() ? "application/json" : pick(types);
            String text = types.isEmpty()
                    ? pick(OddValues.JSON)
                    : values.body(operation.bodies().get(type));
            if (type.endsWith("ndjson")) {
                text = text.replace('\n', ' ') + "\n" + (random.nextBoolean() ? text : "");
            }
            if (!once(40)) {
                lines.add("Content-Type: " + (once(20) ? pick(OddHeaders.TYPES) : type));
            }
            byte[] body = once(15) ? BodyBytes.odd(text, random) : text.getBytes(StandardCharsets.UTF_8);
            return once(8) ? chunked(lines, body) : withLength(lines, body);
        }

        private byte[] withLength(List<String> lines, byte[] body) {
            // More than comes: it is waited for, which takes a second. Less: the rest is another request, or none.
            int off = once(200) ? pick(List.of(-1, 1, 1000)) : 0;
            if (off != 0) {
                certain = false;
                framed = false;
            }
            lines.add("Content-Length: " + Math.max(0, body.length + off));
            return body;
        }

        private byte[] chunked(List<String> lines, byte[] body) {
            lines.add("Transfer-Encoding: chunked");
            boolean odd = once(10);
            certain &= !odd;
            framed &= !odd;
            return odd ? BodyBytes.oddlyChunked(body, random) : BodyBytes.chunked(body, random);
        }

        private boolean once(int times) {
            return random.nextInt(times) == 0;
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
