package io.mainstay.auth.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import io.mainstay.security.SecurityConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a token that was verified says about its bearer. What it says in a way that is not known here grants nothing. */
final class TokenClaims {

    private static final Pattern QUEUES = Pattern.compile("[a-z0-9._-]{1,64}|[a-z0-9._-]{0,64}\\*");
    private static final int MOST = 100;
    private static final int LONGEST = 200;

    private final SecurityConfig.Oidc config;

    TokenClaims(SecurityConfig.Oidc config) {
        this.config = config;
    }

    /**
     * Empty if it does not say who it is of.
     *
     * @param name as the provider calls it
     */
    Optional<Caller> caller(JsonNode claims, String name) {
        String issuer = claims.path("iss").asText();
        String subject = claims.path("sub").asText();
        if (issuer.isEmpty() || subject.isEmpty()) {
            return Optional.empty();
        }
        JsonNode payload = at(claims, config.payloadClaim());
        return Optional.of(new Caller(
                cut(issuer + " " + subject),
                cut(name),
                roles(texts(at(claims, config.rolesClaim()))),
                queues(at(claims, config.queuesClaim())),
                payload.isBoolean() ? payload.booleanValue() : "true".equals(payload.asText())));
    }

    private Set<Role> roles(List<String> given) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (given.contains(config.rolesPrefix().orElse("") + role.label())) {
                roles.addAll(role.includes());
            }
        }
        return roles;
    }

    private QueuePatterns queues(JsonNode claim) {
        List<String> given = claim.isMissingNode() ? config.defaultQueues().orElse(List.of()) : texts(claim);
        return new QueuePatterns(given.stream()
                .filter(pattern -> QUEUES.matcher(pattern).matches())
                .toList());
    }

    /** An array of texts, or one text of words with blanks or commas between. */
    private static List<String> texts(JsonNode claim) {
        List<String> texts = new ArrayList<>();
        if (claim.isArray()) {
            claim.forEach(each -> texts.add(each.asText()));
        } else if (claim.isTextual()) {
            texts.addAll(List.of(claim.textValue().strip().split("[\\s,]+")));
        }
        return texts.size() > MOST ? texts.subList(0, MOST) : texts;
    }

    /** @param path names with slashes between: {@code realm_access/roles} */
    private static JsonNode at(JsonNode claims, String path) {
        // A name may itself have slashes, as URLs do.
        if (claims.has(path)) {
            return claims.get(path);
        }
        JsonNode at = claims;
        for (String name : path.split("/")) {
            at = at.path(name);
        }
        return at;
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
