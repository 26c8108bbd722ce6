package io.mainstay.http.url;

import io.mainstay.job.InvalidValueException;
import java.util.List;

/** The URLs that http jobs may call ({@code mainstay.http.allow}). Immutable. */
public final class AllowedUrls {

    private final List<UrlPrefix> prefixes;

    /** @throws InvalidValueException if one is not a plain absolute http URL */
    public AllowedUrls(List<String> prefixes) {
        this.prefixes = prefixes.stream()
                .map(prefix -> UrlPrefix.parse("mainstay.http.allow", prefix))
                .toList();
    }

    public boolean none() {
        return prefixes.isEmpty();
    }

    public boolean contains(TargetUrl url) {
        return prefixes.stream().anyMatch(prefix -> prefix.contains(url));
    }
}
