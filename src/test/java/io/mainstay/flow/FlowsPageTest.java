package io.mainstay.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The calls on the page work as they stand there, one after the other. */
@QuarkusTest
class FlowsPageTest {

    private static final Pattern CALLS = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    /** Fails where the service answers with a problem; every answer on a line. */
    private static final String STRICT_CURL =
            "set -e\ncurl() { command curl -sS --fail-with-body --max-time 10 \"$@\"; echo; }\n";

    @TestHTTPResource("/")
    URI service;

    @Test
    void everyCallOnThePageIsAnswered() throws Exception {
        String page = Files.readString(Path.of("docs/chains.md"));
        String calls = CALLS.matcher(page).results().map(call -> call.group(1)).collect(Collectors.joining());
        assertThat(calls).contains("/parents").contains("-X DELETE");
        String here = calls.replace("http://localhost:8080/", service.toString());

        Result result = run(STRICT_CURL + here);

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output())
                .contains(
                        "\"id\":\"flow-import-7-1\"",
                        "\"result\":{\"rows\": 12}",
                        "\"reason\":\"waiting-for-parents\"",
                        "\"state\":\"failed\"");
    }

    private record Result(int status, String output) {}

    private static Result run(String script) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Result(shell.exitValue(), output);
        } finally {
            shell.destroyForcibly();
        }
    }
}
