package io.mainstay.auth;

import io.mainstay.rest.Problem;

/** Why a request is not let through, and what it is answered with. It never quotes what the request said. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Problem problem;
    private final int retryAfterSeconds;

    /** What refused requests are counted by. */
    public enum Reason {
        /** No key and no token. */
        MISSING,
        /** Something else than one bearer token. */
        MALFORMED,
        UNKNOWN_KEY,
        EXPIRED_KEY,
        /** By the identity provider, or by what the token says. */
        TOKEN,
        /** It cannot be told now whether the caller is known. */
        UNAVAILABLE,
        TOO_MANY_REQUESTS,
        TOO_MANY_WAITS
    }

    private Refusal(Reason reason, Problem problem, int retryAfterSeconds) {
        // It is made for each request that is refused; a stack would say nothing.
        super(problem.detail(), null, false, false);
        this.reason = reason;
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 401: who it is cannot be told. */
    public static Refusal unknown(Reason reason, String detail) {
        return new Refusal(reason, Problem.of("unauthorized", 401, detail), 0);
    }

    /** 503: it may be somebody, but whoever knows does not answer. */
    public static Refusal unavailable(String detail, int retryAfterSeconds) {
        return new Refusal(Reason.UNAVAILABLE, Problem.of("caller-unavailable", 503, detail), retryAfterSeconds);
    }

    /** 429: somebody who asks for too much. */
    static Refusal tooMany(Reason reason, String detail, int retryAfterSeconds) {
        return new Refusal(reason, Problem.of("too-many-requests", 429, detail), retryAfterSeconds);
    }

    public Reason reason() {
        return reason;
    }

    Problem problem() {
        return problem;
    }

    /** 0: it does not say. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
