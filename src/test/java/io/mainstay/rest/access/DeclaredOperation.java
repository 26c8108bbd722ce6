package io.mainstay.rest.access;

import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who may call an operation. */
record DeclaredOperation(String id, String method, String path, Set<Role> roles, Scope scope, boolean payload) {

    private static final Path PAGE = Path.of("docs/security.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| `([A-Z]+) (/v1\\S*)` \\| ([a-z, ]+) \\| ([a-z]+) \\| (yes|) ?\\|$");

    /** As the table on the page about security has them. */
    static List<DeclaredOperation> documented() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(DeclaredOperation::documented)
                .toList();
    }

    private static DeclaredOperation documented(MatchResult row) {
        return new DeclaredOperation(
                row.group(1),
                row.group(2),
                row.group(3),
                Arrays.stream(row.group(4).split(", "))
                        .map(label -> Role.valueOf(label.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class))),
                Scope.valueOf(row.group(5).toUpperCase(Locale.ROOT)),
                row.group(6).equals("yes"));
    }

    /** Whether a role alone, and those that it includes, may call it. */
    boolean allows(Role role) {
        return roles.stream().anyMatch(role.includes()::contains);
    }

    /** As the table should have it. */
    String row() {
        return "| `%s` | `%s %s` | %s | %s | %s|"
                .formatted(
                        id,
                        method,
                        path,
                        roles.stream().map(Role::label).collect(Collectors.joining(", ")),
                        scope.label(),
                        payload ? "yes " : "");
    }
}
