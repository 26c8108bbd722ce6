package io.mainstay.workers;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.names.WorkerName;

/** Which worker. */
public record WorkerId(WorkerKind kind, String name) {

    private static final char BETWEEN = ':';

    public static WorkerId instance(String name) {
        return new WorkerId(WorkerKind.INSTANCE, name);
    }

    public static WorkerId remote(String name) {
        return new WorkerId(WorkerKind.REMOTE, name);
    }

    /** @throws InvalidValueException if it is none that {@link #cursor} has made */
    static WorkerId ofCursor(String cursor) {
        int end = cursor.indexOf(BETWEEN);
        for (WorkerKind kind : WorkerKind.values()) {
            if (end > 0 && kind.wireName().equals(cursor.substring(0, end))) {
                return new WorkerId(kind, WorkerName.check("cursor", cursor.substring(end + 1)));
            }
        }
        throw new InvalidValueException("cursor", cursor, "the next of a page before");
    }

    String cursor() {
        return kind.wireName() + BETWEEN + name;
    }
}
