package io.mainstay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls on a page of the docs work as they stand there, one after the other. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class DocumentedCallsServiceTest {

    private static final Pattern CALLS = Pattern.compile("(?ms)^```sh\\n(.*?)^```");
    /** Fails where the service answers with a problem; every answer on a line. */
    private static final String STRICT_CURL =
            "set -e\ncurl() { command curl -sS --fail-with-body --max-time 60 \"$@\"; echo; }\n";

    @TestHTTPResource("/")
    URI service;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get-started | /leases/$token/success | \"id\":\"first\" & \"result\":{\"hello\": \"world\"} & \"state\":\"dead\",\"attempt\":2 & \"reason\":\"not-due\" & {\"state\":\"succeeded\"} & \"result\":{\"width\": 320} & \"runs\":[ & \"result\":{\"report\": \"sales\"}",
                "schedules | -X DELETE  | \"name\":\"nightly-report\" & \"runs\":[ & \"state\":\"succeeded\" & \"paused\":true",
                "bulk-actions | /delete | {\"count\":2} & {\"count\":1,\"next\":\" & {\"count\":0} & {\"count\":1}",
                "workflows-and-batches | /parents | \"id\":\"flow-import-7-1\" & \"result\":{\"rows\": 12} & \"reason\":\"waiting-for-parents\" & \"state\":\"failed\"",
                "progress-logs-and-deadlines | /log | \"reason\":\"snoozed\" & \"type\":\"deadline\" & \"attempt\":2,\"outcome\":\"failed\" & \"progress\":{\"percent\":100 & \"text\":\"step 4 of 4\"",
                "unique-jobs-and-limits | maxWaiting | \"until\":\"end\" & \"onConflict\":\"replace\" & \"expiresIn\":\"PT10M\" & \"maxWaiting\":5000",
                "statistics | by=handler | \"state\":\"succeeded\" & \"step\":\"PT1M\" & \"partial\":false & \"step\":\"PT10M\" & \"step\":\"PT1H\" & \"groups\":[",
                "handlers | /v1/jobs | \"queue\":\"mail\" & \"hold\":{\"after\":10,\"window\":\"PT5M\"} & \"reason\":\"by-hand\" & \"maxAttempts\":5",
                "priorities-groups-and-rate-limits | /handlers/ | \"group\":{\"id\":\"tenant-5\" & \"ordered\":true & \"pausedHandlers\":[\"echo\"] & \"rate\":{\"count\":100,\"period\":\"PT1M\"} & \"groups\":{\"concurrency\":2",
            })
    void everyCallIsAnswered(String page, String call, String answers) throws Exception {
        String text = Files.readString(Path.of("docs", page + ".md"));
        String calls =
                CALLS.matcher(text).results().map(found -> found.group(1)).collect(Collectors.joining());
        assertThat(calls).contains(call);

        Result result = run(STRICT_CURL + calls.replace("http://localhost:8080/", service.toString()));

        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains(answers.split(" & "));
    }

    private record Result(int status, String output) {}

    private static Result run(String script) throws Exception {
        Process shell = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor(180, TimeUnit.SECONDS)).isTrue();
            return new Result(shell.exitValue(), output);
        } finally {
            shell.destroyForcibly();
        }
    }
}
