package io.mainstay.security;

import java.util.Set;

/**
 * Who a request comes from, and what it may do.
 *
 * @param id the key's id, or the token's issuer and subject; what audit and limits per caller go by
 * @param name for people: the key's name, the token's user name
 * @param roles with those they include
 * @param payload whether payloads, results, error texts, logs, notes, URL queries and headers may be shown
 */
public record Caller(String id, String name, Set<Role> roles, QueuePatterns queues, boolean payload) {

    /** Everybody, where security is switched off. */
    public static final Caller UNRESTRICTED =
            new Caller("anonymous", "anonymous", Role.ADMIN.includes(), QueuePatterns.ALL, true);

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean hasOneOf(Role... wanted) {
        for (Role role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    public boolean mayTouch(String queue) {
        return queues.matches(queue);
    }
}
