package io.mainstay.http.url;

import io.mainstay.job.InvalidValueException;

/** A URL together with all that is below it: {@code https://a.example/hooks} and {@code /hooks/…}, not {@code /hooks2}. */
public record UrlPrefix(TargetUrl top) {

    /**
     * @param field what to call the value in the error
     * @throws InvalidValueException if it is not a plain absolute http URL without a query
     */
    public static UrlPrefix parse(String field, String text) {
        TargetUrl top = TargetUrl.parse(field, text.strip());
        if (top.query() != null) {
            throw new InvalidValueException(field, text, "a URL without a query");
        }
        return new UrlPrefix(top);
    }

    public boolean contains(TargetUrl url) {
        return top.scheme().equals(url.scheme())
                && top.host().equals(url.host())
                && top.port() == url.port()
                && UrlPath.isAtOrBelow(url.path(), top.path());
    }

    /** Of two that contain the same URL, the longer one says more of it. */
    public int length() {
        return top.path().length();
    }
}
