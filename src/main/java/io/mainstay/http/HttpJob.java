package io.mainstay.http;

import io.mainstay.http.url.TargetUrl;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * The request that a job is, as its payload says.
 *
 * @param url where to
 * @param method in upper case
 * @param headers by name, as the caller wrote them, and the content type of the body
 * @param body to be sent, or null
 * @param followUp how its end may be known but by the answer
 */
record HttpJob(TargetUrl url, String method, Map<String, String> headers, Buffer body, FollowUp followUp) {

    /**
     * How the end of a job may be known but by the answer to its request.
     *
     * @param callback whether the receiver may answer that it will report later
     * @param statusUrl where to ask what became of an earlier attempt, before another one; or null
     * @param waits whether an attempt whose time is over waits for the end of its connection, so that no other one runs beside it
     */
    record FollowUp(boolean callback, TargetUrl statusUrl, boolean waits) {
        static final FollowUp NONE = new FollowUp(false, null, false);
    }

    HttpJob {
        headers = Map.copyOf(headers);
    }

    /** Whether servers want to be told that there is no body (411 otherwise). */
    boolean expectsBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** For people. */
    String line() {
        return method + " " + url;
    }
}
