package io.mainstay.rest;

/** Problems that HTTP itself has, before any of our code has looked at the request. */
public final class HttpProblem {

    private HttpProblem() {}

    static Problem notAcceptable(String type) {
        return Problem.of("not-acceptable", 406, "Only " + type + " is available here.");
    }

    public static Problem shuttingDown() {
        return Problem.of(
                "shutting-down", 503, "This instance is shutting down; send the request again, to another instance.");
    }

    public static Problem of(int status) {
        return switch (status) {
            case 400 -> Problem.of("bad-request", status, "The request cannot be understood.");
            case 404 -> Problem.of("not-found", status, "Nothing exists at this path.");
            case 405 -> Problem.of("method-not-allowed", status, "This path does not support this method.");
            case 406 -> notAcceptable("application/json");
            case 408 -> BodyPace.problem();
            case 413 -> Problem.of("body-too-large", status, "The request body is over the limit.");
            case 414 -> Problem.of("uri-too-long", status, "The request line is over the limit.");
            case 415 -> Problem.of("unsupported-media-type", status, "The body must be application/json.");
            case 431 -> Problem.of("headers-too-large", status, "The headers are over the limit.");
            case 500 -> Problem.of("internal-error", status, "An unexpected error occurred and was logged.");
            case 503 -> shuttingDown();
            default -> Problem.of("http-" + status, status, "The request was refused.");
        };
    }
}
