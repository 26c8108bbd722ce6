package io.mainstay.http.url;

import io.mainstay.job.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Paths of URLs, such that no server can read one as lying elsewhere than we do. */
final class UrlPath {

    /** Also encoded more than once, and in the overlong UTF-8 that old servers read. */
    private static final Pattern DOT =
            Pattern.compile("%(?:25)*2e|%(?:25)*(?:c0|e0%(?:25)*80)%(?:25)*ae", Pattern.CASE_INSENSITIVE);

    private static final Pattern SLASH = Pattern.compile(
            "%(?:25)*(?:2f|5c)|%(?:25)*(?:c0|e0%(?:25)*80)%(?:25)*af|%(?:25)*c1%(?:25)*9c", Pattern.CASE_INSENSITIVE);

    /** Some servers read a path up to there. */
    private static final Pattern NUL = Pattern.compile("%(?:25)*(?:00|c0%(?:25)*80)", Pattern.CASE_INSENSITIVE);

    private UrlPath() {}

    /**
     * Resolves dot segments (RFC 3986, 5.2.4).
     *
     * @param rawPath as it stands in the URL; empty is the root
     * @throws InvalidValueException if it leads above the root, or hides a dot segment: in percent-encoding, or before
     *     a semicolon, which some servers cut off before they resolve
     */
    static String resolve(String field, String rawPath) {
        if (rawPath.isEmpty()) {
            return "/";
        }
        List<String> kept = new ArrayList<>();
        String[] segments = rawPath.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                if (kept.isEmpty()) {
                    throw new InvalidValueException(field, rawPath, "a URL whose path stays below the root");
                }
                kept.remove(kept.size() - 1);
            }
            if (!segments[i].equals("..") && !segments[i].equals(".")) {
                kept.add(segments[i]);
            } else if (last) {
                kept.add("");
            }
        }
        String path = "/" + String.join("/", kept);
        if (NUL.matcher(path).find()) {
            throw new InvalidValueException(field, rawPath, "a URL without encoded zero bytes in its path");
        }
        if (hidesDotSegment(path)) {
            throw new InvalidValueException(field, rawPath, "a URL without hidden dot segments in its path");
        }
        return path;
    }

    /** Whether {@code path} is {@code top} or below it; a {@code top} that ends in a slash is not below itself. */
    static boolean isAtOrBelow(String path, String top) {
        if (top.endsWith("/")) {
            return path.startsWith(top);
        }
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }

    private static boolean hidesDotSegment(String path) {
        String decoded = SLASH.matcher(DOT.matcher(path).replaceAll(".")).replaceAll("/");
        for (String segment : decoded.split("/", -1)) {
            int semicolon = segment.indexOf(';');
            String name = semicolon < 0 ? segment : segment.substring(0, semicolon);
            if (name.equals(".") || name.equals("..")) {
                return true;
            }
        }
        return false;
    }
}
