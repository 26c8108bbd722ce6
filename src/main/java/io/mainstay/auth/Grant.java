package io.mainstay.auth;

import io.mainstay.job.InvalidValueException;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a caller is called, and what it may do.
 *
 * @param name 1 to 64 characters of {@code A-Z a-z 0-9 . _ @ -}: in keys files it is one word
 * @param roles as they were granted: without those that they include
 * @param queues 1 to 50 names or beginnings of names with {@code *}
 */
public record Grant(String name, Set<Role> roles, QueuePatterns queues, boolean payload) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Pattern QUEUES = Pattern.compile("[a-z0-9._-]{1,64}|[a-z0-9._-]{0,64}\\*");
    private static final int MOST_PATTERNS = 50;
    private static final String PAYLOAD = "payload";
    private static final String ROLES =
            Stream.of(Role.values()).map(Role::label).collect(Collectors.joining(", ", "some of ", ""));

    public Grant {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new InvalidValueException("name", name, "1 to 64 characters of A-Z a-z 0-9 . _ @ -");
        }
        if (roles.isEmpty()) {
            throw new InvalidValueException("roles", null, ROLES);
        }
        if (queues.patterns().isEmpty() || queues.patterns().size() > MOST_PATTERNS) {
            throw new InvalidValueException("queues", queues.patterns().size() + " names", "1 to 50 names");
        }
        for (String pattern : queues.patterns()) {
            if (!QUEUES.matcher(pattern).matches()) {
                throw new InvalidValueException("queues", pattern, "names of queues, or prefixes that end in *");
            }
        }
        roles = Set.copyOf(EnumSet.copyOf(roles));
    }

    /**
     * Reads what stands behind the key in a line of a keys file: name, roles, queues, and perhaps {@code payload}.
     *
     * @throws InvalidValueException that names the part
     */
    public static Grant of(List<String> words) {
        if (words.size() < 3) {
            throw new InvalidValueException(List.of("name", "roles", "queues").get(words.size()), null, "given");
        }
        boolean payload = words.size() == 4 && words.get(3).equals(PAYLOAD);
        if (words.size() > 3 && !payload) {
            throw new InvalidValueException("payload", words.get(3), "the word payload, as the last of the line");
        }
        return new Grant(
                words.get(0),
                roles(List.of(words.get(1).split(",", -1))),
                new QueuePatterns(List.of(words.get(2).split(",", -1))),
                payload);
    }

    /** @throws InvalidValueException if there is no role of such a name */
    public static Set<Role> roles(List<String> labels) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String label : labels) {
            roles.add(Stream.of(Role.values())
                    .filter(role -> role.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new InvalidValueException("roles", label, ROLES)));
        }
        return roles;
    }

    public List<String> roleLabels() {
        return Stream.of(Role.values()).filter(roles::contains).map(Role::label).toList();
    }

    /** As {@link #of} reads it. */
    public String line() {
        List<String> words =
                new ArrayList<>(List.of(name, String.join(",", roleLabels()), String.join(",", queues.patterns())));
        if (payload) {
            words.add(PAYLOAD);
        }
        return String.join(" ", words);
    }

    /** @param id by which logs, limits and the audit tell callers apart */
    public Caller caller(String id) {
        Set<Role> all = EnumSet.noneOf(Role.class);
        roles.forEach(role -> all.addAll(role.includes()));
        return new Caller(id, name, all, queues, payload);
    }

    /** What is granted here that the caller has not itself; empty if nothing. */
    public List<String> beyond(Caller caller) {
        List<String> beyond = new ArrayList<>();
        if (!caller.roles().containsAll(caller("").roles())) {
            beyond.add("roles");
        }
        if (!caller.queues().contain(queues)) {
            beyond.add("queues");
        }
        if (payload && !caller.payload()) {
            beyond.add(PAYLOAD);
        }
        return beyond;
    }
}
