package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.http.url.TargetUrl;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPayloadCheckTest {

    private final HttpJobReader reader = new HttpJobReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | http",
                "[] | http",
                "{} | http.url",
                "{\"url\": 1} | http.url",
                "{\"url\": \"http://other.example/\"} | http.url",
                "{\"url\": \"http://a.example/\", \"verb\": \"GET\"} | verb",
                "{\"url\": \"http://a.example/\", \"method\": \"CONNECT\"} | http.method",
                "{\"url\": \"http://a.example/\", \"method\": 1} | http.method",
                "{\"url\": \"http://a.example/\", \"method\": \"GET\", \"body\": {}} | http.body",
                "{\"url\": \"http://a.example/\", \"headers\": []} | http.headers",
                "{\"url\": \"http://a.example/\", \"headers\": {\"X\": 1}} | http.headers.X",
                "{\"url\": \"http://a.example/\", \"headers\": {\"X\": null}} | http.headers.X",
                "{\"url\": \"http://a.example/\", \"headers\": {\"X\": \"a\\r\\nHost: b\"}} | http.headers.X",
                "{\"url\": \"http://a.example/\", \"headers\": {\"X\": \"ü\"}} | http.headers.X",
                "{\"url\": \"http://a.example/\", \"headers\": {\"X Y\": \"a\"}} | X Y",
                "{\"url\": \"http://a.example/\", \"headers\": {\"\": \"a\"}} | http.headers",
                "{\"url\": \"http://a.example/\", \"headers\": {\"a\": \"1\", \"A\": \"2\"}} | http.headers",
                "{\"url\": \"http://a.example/\", \"headers\": {\"a-b\": \"1\", \"A_b\": \"2\"}} | A_b",
                "{\"url\": \"http://a.example/\", \"headers\": {\"Content-Type\": \"a/b\"}, \"body\": \"\\ud834\"} | http.body",
            })
    void refusesWhatCannotBeSent(String payload, String named) {
        assertThatThrownBy(() -> check(payload, "http://a.example"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "content-length",
                "Expect",
                "HOST",
                "Keep-Alive",
                "Proxy-Authorization",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Mainstay-Job-Id",
                "Mainstay_Job_Id",
                "mainstay_Queue",
                "MAINSTAY.ATTEMPT",
                "Content_Length",
                "content.length",
                "Transfer_Encoding",
                "HTTP2_Settings",
                "Proxy",
                "webhook-id",
                "Webhook-Signature",
                "WEBHOOK_TIMESTAMP",
                "webhook-x",
                "Idempotency_Key",
                "Content_Type",
                "User~Agent"
            })
    void refusesHeadersThatAreNotTheCallers(String name) {
        String payload = "{\"url\": \"http://a.example/\", \"headers\": {\"%s\": \"1\"}}".formatted(name);

        assertThatThrownBy(() -> check(payload, "http://a.example"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(name);
    }

    @Test
    void acceptsWhatCanBeSent() {
        assertThatCode(() -> check(
                        "{\"url\": \"http://a.example/x\", \"headers\": {\"Authorization\": \"Bearer x\"}, \"body\": 1}",
                        "http://a.example"))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutAllowedUrlsThereAreNoHttpJobs() {
        HttpPayloadCheck check = new HttpPayloadCheck(reader, SomeSettings.of(Map.of()));

        assertThatThrownBy(() -> check.check(new Json("{\"url\": \"http://a.example/\"}")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.http.allow, which is empty");
    }

    @Test
    void headersWithUnderscoresAreSentAsTheyAre() {
        HttpJob job = reader.read(new Json(
                "{\"url\": \"http://a.example/\", \"headers\": {\"api_key\": \"1\", \"X_Mainstay_Job_Id\": \"2\"}}"));

        assertThat(job.headers()).containsOnly(Map.entry("api_key", "1"), Map.entry("X_Mainstay_Job_Id", "2"));
    }

    @Test
    void moreHeadersThanTheMostAreRefused() {
        String most = IntStream.range(0, RequestHeaders.MOST)
                .mapToObj("\"h%d\": \"1\""::formatted)
                .collect(Collectors.joining(","));

        assertThat(reader.read(new Json("{\"url\": \"http://a.example/\", \"headers\": {%s}}".formatted(most)))
                        .headers())
                .hasSize(RequestHeaders.MOST);
        assertThatThrownBy(() -> reader.read(
                        new Json("{\"url\": \"http://a.example/\", \"headers\": {%s,\"one\": \"1\"}}".formatted(most))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("at most 64");
    }

    @Test
    void numbersOfABodyKeepTheirDigits() {
        String body = "{\"a\":1.50,\"b\":12345678901234567890.123456789012345678901}";

        HttpJob job = reader.read(new Json("{\"url\": \"http://a.example/\", \"body\": %s}".formatted(body)));

        assertThat(job.body()).hasToString(body);
    }

    @ParameterizedTest
    @CsvSource({
        "connections, 0",
        "max-waiting, -1",
        "connect-timeout, PT0S",
        "keep-alive, PT2H",
        "max-response, 65M",
        "retry-statuses, '408,500'"
    })
    void settingsOutOfBoundsStopTheStart(String key, String value) {
        assertThatThrownBy(() -> SomeSettings.of(Map.of("mainstay.http." + key, value)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.http." + key);
    }

    @Test
    void aResponseIsNeverReadBeyondWhatFitsAResult() {
        assertThat(SomeSettings.of(Map.of("mainstay.http.max-response", "1M")).maxResponse())
                .isEqualTo(256 * 1024 - 128);
    }

    @Test
    void anEmptyListOfStatusesMakesEvery4xxFinal() {
        assertThat(SomeSettings.of(Map.of()).retryStatuses()).containsExactlyInAnyOrder(408, 425, 429);
        assertThat(SomeSettings.of(Map.of("mainstay.http.retry-statuses", "")).retryStatuses())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://A.example/b?c, http://a.example:80",
        "https://a.example, https://a.example:443",
        "http://[::1]:8080/, http://[::1]:8080"
    })
    void jobsWaitByTheOriginOfTheirUrl(String url, String origin) {
        HttpPayloadCheck check = new HttpPayloadCheck(reader, SomeSettings.allowing(origin));

        assertThat(check.accept(new Json("{\"url\": \"%s\"}".formatted(url)))).contains(origin);
    }

    @Test
    void aLongNameIsHashed() {
        String name = ("a".repeat(60) + ".").repeat(4) + "example";

        assertThat(TargetUrl.parse("url", "http://" + name + "/x").origin()).matches("http://[0-9a-f]{64}:80");
    }

    private void check(String payload, String allowed) {
        new HttpPayloadCheck(reader, SomeSettings.allowing(allowed)).check(new Json(payload));
    }
}
