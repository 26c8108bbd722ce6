package io.mainstay.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** The one token that a request carries, in the one place where it may. */
final class BearerToken {

    private static final String SCHEME = "Bearer ";
    /** Tokens of identity providers may be long; headers are bounded in all. */
    private static final int LONGEST = 8192;

    private BearerToken() {}

    /** @throws Refusal if there is none, or more than one, or something else */
    static String of(HttpServerRequest request) {
        List<String> given = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (given.isEmpty()) {
            throw Refusal.unknown(
                    Refusal.Reason.MISSING, "The request has no key. Send it as Authorization: Bearer <key>.");
        }
        if (given.size() > 1) {
            throw malformed("Exactly one Authorization header is required.");
        }
        String header = given.get(0);
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw malformed("Authorization must be Bearer <key>.");
        }
        // The parser of headers has taken blanks off the ends.
        String token = header.substring(SCHEME.length()).strip();
        if (token.isEmpty() || token.length() > LONGEST || token.indexOf(' ') >= 0) {
            throw malformed("Authorization must be Bearer <key>.");
        }
        return token;
    }

    private static Refusal malformed(String detail) {
        return Refusal.unknown(Refusal.Reason.MALFORMED, detail);
    }
}
