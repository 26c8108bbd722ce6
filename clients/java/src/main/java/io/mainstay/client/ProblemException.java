package io.mainstay.client;

/** The service refused a request, and said why (RFC 9457). */
public final class ProblemException extends MainstayException {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "urn:mainstay:problem:";

    private final int status;
    private final String type;
    private final String detail;
    private final String field;

    ProblemException(int status, JsonValue problem) {
        super(message(status, problem), null);
        this.status = status;
        this.type = typeOf(problem);
        this.detail = problem.get("detail").asString("");
        this.field = problem.get("field").asString("");
    }

    /** The short name of a problem: {@code queue-full}. */
    static String typeOf(JsonValue problem) {
        String type = problem.get("type").asString("");
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    private static String message(int status, JsonValue problem) {
        String type = typeOf(problem);
        String detail = problem.get("detail").asString("");
        return status + (type.isEmpty() ? "" : " " + type) + (detail.isEmpty() ? "" : ": " + detail);
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }

    /** What kind of problem, for programs: {@code invalid-value}, {@code queue-full}; empty if the answer was none of Mainstay's. */
    public String type() {
        return type;
    }

    /** For people; may be empty. */
    public String detail() {
        return detail;
    }

    /** The field of the request that is wrong; empty if it is not about one. */
    public String field() {
        return field;
    }
}
