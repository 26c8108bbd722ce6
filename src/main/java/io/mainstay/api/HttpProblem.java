package io.mainstay.api;

/** Problems that HTTP itself has, before any of our code has looked at the request. */
final class HttpProblem {

    private HttpProblem() {}

    static Problem of(int status) {
        return switch (status) {
            case 400 -> Problem.of("bad-request", status, "The request cannot be understood.");
            case 404 -> Problem.of("not-found", status, "There is nothing at this path.");
            case 405 -> Problem.of("method-not-allowed", status, "This path does not know this method.");
            case 406 -> Problem.of("not-acceptable", status, "Only application/json can be had here.");
            case 413 -> Problem.of("body-too-large", status, "The request body is over the limit.");
            case 415 -> Problem.of("unsupported-media-type", status, "The body must be application/json.");
            case 500 -> Problem.of("internal-error", status, "Something unforeseen happened; it was logged.");
            default -> Problem.of("http-" + status, status, "The request was refused.");
        };
    }
}
