package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import java.util.List;
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
                "http://user:secret@a.example/",
                "http://a.example/#x",
                "http://a.example/../x",
                "http://a.example/hooks/%2e%2e/admin",
                "http://a.example/hooks/%2E./admin",
                "http://a.example/hooks/..%2fadmin",
                "http://a.example/hooks/x%5c..%5cadmin",
                "http://a.example/hooks/..;/admin",
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

    @Test
    void sendsWhatItChecked() {
        TargetUrl url = TargetUrl.parse("http.url", "HTTPS://A.example/a/./b/../c//d/?q=%2e%2e/&r");

        assertThat(url.requestUri()).isEqualTo("/a/c//d/?q=%2e%2e/&r");
        assertThat(url).hasToString("https://a.example:443/a/c//d/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.example", "http://a.example/?q", "http://u@a.example", "http://*.example"})
    void aPrefixThatIsNoPlainUrlStopsTheStart(String prefix) {
        assertThatThrownBy(() -> SomeSettings.allowing(prefix))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.http.allow");
    }

    private static boolean allows(String prefix, String url) {
        return new AllowedUrls(List.of("https://elsewhere.example/x", prefix))
                .contains(TargetUrl.parse("http.url", url));
    }
}
