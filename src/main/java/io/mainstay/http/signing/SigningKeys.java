package io.mainstay.http.signing;

import io.mainstay.http.url.TargetUrl;
import io.mainstay.http.url.UrlPrefix;
import io.mainstay.job.InvalidValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which keys sign requests to which URLs. Immutable. */
final class SigningKeys {

    static final SigningKeys NONE = new SigningKeys(List.of());

    private static final int MOST_LINES = 1000;

    /** The longest prefix first. */
    private final List<Map.Entry<UrlPrefix, List<SigningKey>>> byPrefix;

    private SigningKeys(List<Map.Entry<UrlPrefix, List<SigningKey>>> byPrefix) {
        this.byPrefix = byPrefix;
    }

    /**
     * Reads lines of a URL prefix and a secret; empty ones and those that begin with {@code #} say nothing.
     *
     * @throws IllegalArgumentException naming the line; a line may be a secret as a whole, so nothing of it is quoted
     */
    static SigningKeys parse(String text) {
        Map<UrlPrefix, List<SigningKey>> keys = new LinkedHashMap<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (i >= MOST_LINES) {
                throw new IllegalArgumentException("it has more than " + MOST_LINES + " lines");
            }
            try {
                String[] words = line.split("\\s+");
                if (words.length != 2) {
                    throw new IllegalArgumentException("it is not a URL prefix and a secret");
                }
                keys.computeIfAbsent(prefix(words[0]), prefix -> new ArrayList<>())
                        .add(SigningKey.parse(words[1]));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("line %d: %s".formatted(i + 1, wrong.getMessage()));
            }
        }
        if (keys.isEmpty()) {
            // A file that is being written is empty for a moment: nothing would be signed, and nobody would hear of it.
            throw new IllegalArgumentException("it has no secrets");
        }
        return new SigningKeys(keys.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparingInt(entry -> -entry.getKey().length()))
                .toList());
    }

    /** All those of the longest prefix that the URL is below; none if it is below none. */
    List<SigningKey> of(TargetUrl url) {
        for (Map.Entry<UrlPrefix, List<SigningKey>> entry : byPrefix) {
            if (entry.getKey().contains(url)) {
                return entry.getValue();
            }
        }
        return List.of();
    }

    private static UrlPrefix prefix(String text) {
        try {
            return UrlPrefix.parse("prefix", text);
        } catch (InvalidValueException wrong) {
            throw new IllegalArgumentException("its first word is no absolute http or https URL without a query");
        }
    }
}
