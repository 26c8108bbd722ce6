package io.mainstay.http.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.mainstay.job.InvalidValueException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedUrlsTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example, http://a.example",
        "http://a.example, http://a.example/any/path?q=1",
        "http://a.example, HTTP://A.Example:80/x",
        "http://a.example/, http://a.example",
        "https://a.example, https://a.example:443/x",
        "https://a.example:8443/hooks, https://a.example:8443/hooks",
        "https://a.example:8443/hooks, https://a.example:8443/hooks/in?x=/../y",
        "https://a.example/hooks, https://a.example/other/../hooks/./in",
        "https://a.example/hooks/, https://a.example/hooks/in",
        "http://[::1]:8080, http://[::1]:8080/x",
        "http://my_service:8080, http://My_Service:8080/x",
        "http://my_service, http://my_service:80/x_y",
        "http://_a._tcp.b_.example_/hooks, http://_a._tcp.b_.example_/hooks/in",
    })
    void allowsWhatIsAtOrBelowAPrefix(String prefix, String url) {
        assertThat(allows(prefix, url)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example, http://a.example.evil.org/",
        "http://a.example, http://a.example.",
        "http://a.example, http://b.a.example/",
        "http://a.example, https://a.example/",
        "http://my_service, http://my-service/",
        "http://my_service, http://my_service.evil.org/",
        "http://my_service, http://my_service./",
        "http://a.example, http://a.example:8080/",
        "https://a.example/hooks, https://a.example/hooks2",
        "https://a.example/hooks, https://a.example/",
        "https://a.example/hooks, https://a.example/hooks/../admin",
        "https://a.example/hooks, https://a.example/hooks/x/../../admin",
        "https://a.example/hooks, https://a.example/hooks/..",
        "https://a.example/hooks/, https://a.example/hooks",
        "https://a.example/hooks, https://a.example/HOOKS",
        "https://a.example/hooks, https://a.example/x?/hooks",
    })
    void refusesWhatIsElsewhere(String prefix, String url) {
        assertThat(allows(prefix, url)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example@evil.org/",
                "http://my_service@evil.org/",
                "http://user:secret@my_service/",
                "http://user_x:secret@my_service:80:80/",
                "https://my_service/",
                "http://my_service:65536/",
                "http://my_service:0/",
                "http://my_service:+80/",
                "http://my_service:80_/",
                "http://my_service%00.evil.org/",
                "http://my_service%2eevil.org/",
                "http://my_service..evil.org/",
                "http://.my_service/",
                "http://-my_service/",
                "http://my_service-/",
                "http://my_service\\@evil.org/",
                "http://my_ser\u212Aice/",
                "http://x_y.127.0.0.1/",
                "http://x_y.0x7f000001/",
                "http://127.0.0.1_/",
                "http://127.1/",
                "http://[::1_]/",
                "http://[my_service]/",
                "http://user:secret@a.example/",
                "http://a.example/#x",
                "http://a.example/../x",
                "http://a.example/hooks/%2e%2e/admin",
                "http://a.example/hooks/%2E./admin",
                "http://a.example/hooks/..%2fadmin",
                "http://a.example/hooks/x%5c..%5cadmin",
                "http://a.example/hooks/..;/admin",
                "http://a.example/hooks/%252e%252E/admin",
                "http://a.example/hooks/%25252e./admin",
                "http://a.example/hooks/..%252fadmin",
                "http://a.example/hooks/%c0%ae%C0%AE/admin",
                "http://a.example/hooks/%e0%80%ae./admin",
                "http://a.example/hooks/..%c0%afadmin",
                "http://a.example/hooks/%c0%ae%c0%ae;x/admin",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0/",
                "http://0177.0.0.1/",
                "http://127.0.0.01/",
                "http://a.example.1/",
                "http://a.example/hooks\\..\\admin",
                "http://a.example:0/",
                "http://a.example:65536/",
                "http://a.example:x/",
                "http://bücher.example/",
                "http://a.example/bücher",
                "http://",
                "http:///x",
                "//a.example/x",
                "/x",
                "ftp://a.example/",
                "file:///etc/passwd",
                "mailto:a@a.example",
                "",
                " http://a.example/",
                "http://a.example/x y",
                "http://a.example/x\r\nHost: evil.org",
            })
    void aUrlThatCanBeReadInTwoWaysIsNone(String url) {
        assertThatThrownBy(() -> TargetUrl.parse("http.url", url))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("http.url")
                .hasMessageNotContaining("secret");
    }

    /** With another letter for it, so that the strictness of {@link URI} is what an underscore is measured by. */
    @Test
    void aHostWithUnderscoresIsReadAsOneWithALetterInTheirPlace() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "__aZ09.-:@%[]/?#\\;";
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            String authority = random.ints(1 + random.nextInt(8), 0, alphabet.length())
                    .mapToObj(at -> String.valueOf(alphabet.charAt(at)))
                    .collect(Collectors.joining());
            Optional<TargetUrl> expected = parse("http://" + authority.replace('_', 'q') + "/");
            Optional<TargetUrl> read = parse("http://" + authority + "/");
            accepted += read.isPresent() ? 1 : 0;

            Optional<String> replaced = read.map(url -> url.toString().replace('_', 'q'));
            // An assertion for each would take most of the time.
            if (!replaced.equals(expected.map(TargetUrl::toString))) {
                fail("seed %d: %s is read as %s, not as %s", seed, authority, read, expected);
            }
        }
        assertThat(accepted).isPositive();
    }

    private static Optional<TargetUrl> parse(String url) {
        try {
            return Optional.of(TargetUrl.parse("http.url", url));
        } catch (InvalidValueException refused) {
            return Optional.empty();
        }
    }

    @Test
    void sendsWhatItChecked() {
        TargetUrl url = TargetUrl.parse("http.url", "HTTPS://A.example/a/./b/../c//d/?q=%2e%2e/&r");

        assertThat(url.requestUri()).isEqualTo("/a/c//d/?q=%2e%2e/&r");
        assertThat(url).hasToString("https://a.example:443/a/c//d/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "http://a.example/?q", "http://u@a.example", "http://*.example"})
    void aPrefixThatIsNoPlainUrlStopsTheStart(String prefix) {
        assertThatThrownBy(() -> new AllowedUrls(List.of(prefix)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.http.allow");
    }

    private static boolean allows(String prefix, String url) {
        return new AllowedUrls(List.of("https://elsewhere.example/x", prefix))
                .contains(TargetUrl.parse("http.url", url));
    }
}
