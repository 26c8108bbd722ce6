package io.mainstay.audit;

/**
 * What one request did. Texts come from callers: control characters are replaced and long ones cut, so that a record has at most
 * {@link #MOST_CHARS} characters and stays on its line wherever it is shown. Never holds a payload, a query or a header.
 *
 * @param callerId null if the caller is unknown
 * @param callerName for people; null as above
 * @param operation the operation's id; null if the request did not get as far as one
 * @param queue null if it is not about one
 * @param object what else it is about, such as {@code jobs/42}; null if nothing
 * @param from the client's address
 * @param status of the answer; 0 if the caller was gone before there was one
 * @param detail counts; null if there are none
 */
public record AuditRecord(
        String callerId,
        String callerName,
        String operation,
        String queue,
        String object,
        String from,
        int status,
        String detail) {

    static final int MOST_CHARS = 1000;

    private static final int LONG_TEXT = 200;
    private static final int SHORT_TEXT = 100;

    public AuditRecord {
        callerId = AuditText.clean(callerId, LONG_TEXT);
        callerName = AuditText.clean(callerName, LONG_TEXT);
        operation = AuditText.clean(operation, SHORT_TEXT);
        queue = AuditText.clean(queue, SHORT_TEXT);
        object = AuditText.clean(object, LONG_TEXT);
        from = AuditText.clean(from, SHORT_TEXT);
        detail = AuditText.clean(detail, SHORT_TEXT);
    }
}
