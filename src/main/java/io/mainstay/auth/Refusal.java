package io.mainstay.auth;

import io.mainstay.rest.Problem;
import java.util.Optional;

/** Why a request is not let through, and what it is answered with. It never quotes what the request said. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Optional<Integer> retryAfterSeconds;

    private Refusal(Problem problem, Optional<Integer> retryAfterSeconds) {
        // It is made for each request that is refused; a stack would say nothing.
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** 401: who it is cannot be told. */
    static Refusal unknown(String detail) {
        return new Refusal(Problem.of("unauthorized", 401, detail), Optional.empty());
    }

    Problem problem() {
        return problem;
    }

    Optional<Integer> retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
