package io.mainstay.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The problems that the page about the API lists, by type, with the statuses that each comes with. */
final class KnownProblems {

    private static final String PREFIX = "urn:mainstay:problem:";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:[45]\\d\\d(?:, )?)+) \\| ([^|]*) \\|");
    private static final Pattern STATUS = Pattern.compile("\\d{3}");
    private static final Pattern SLUG = Pattern.compile("`([a-z0-9-]+)`");

    private final Map<String, Set<Integer>> statuses = new HashMap<>();

    KnownProblems() throws IOException {
        Matcher row = ROW.matcher(Files.readString(Path.of("docs", "rest-api.md")));
        while (row.find()) {
            Matcher slug = SLUG.matcher(row.group(2));
            while (slug.find()) {
                Matcher status = STATUS.matcher(row.group(1));
                while (status.find()) {
                    statuses.computeIfAbsent(PREFIX + slug.group(1), ignored -> new HashSet<>())
                            .add(Integer.valueOf(status.group()));
                }
            }
        }
        if (statuses.size() < 20) {
            throw new IllegalStateException("docs/rest-api.md has no table of problems any more, but " + statuses);
        }
    }

    boolean has(String type, int status) {
        return statuses.getOrDefault(type, Set.of()).contains(status);
    }
}
