package io.mainstay.http;

import io.mainstay.job.InvalidValueException;
import java.util.List;

/** The URLs that http jobs may call ({@code mainstay.http.allow}). Immutable. */
final class AllowedUrls {

    private static final String KEY = "mainstay.http.allow";

    private final List<TargetUrl> prefixes;

    /** @throws InvalidValueException if one is not a plain absolute http URL */
    AllowedUrls(List<String> prefixes) {
        this.prefixes = prefixes.stream().map(AllowedUrls::prefix).toList();
    }

    boolean none() {
        return prefixes.isEmpty();
    }

    boolean contains(TargetUrl url) {
        return prefixes.stream()
                .anyMatch(prefix -> prefix.scheme().equals(url.scheme())
                        && prefix.host().equals(url.host())
                        && prefix.port() == url.port()
                        && UrlPath.isAtOrBelow(url.path(), prefix.path()));
    }

    private static TargetUrl prefix(String text) {
        TargetUrl prefix = TargetUrl.parse(KEY, text.strip());
        if (prefix.query() != null) {
            throw new InvalidValueException(KEY, text, "a URL without a query");
        }
        return prefix;
    }
}
