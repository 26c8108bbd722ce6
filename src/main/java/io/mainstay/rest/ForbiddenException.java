package io.mainstay.rest;

import io.mainstay.job.QueueName;
import io.mainstay.security.Access;
import io.mainstay.security.Caller;
import io.mainstay.security.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The caller lacks a right. It is thrown before anything is done, and says nothing that the caller did not say itself: not
 * whether a queue or a job exists.
 */
public final class ForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String missing;

    private ForbiddenException(String missing, String message) {
        // Expected, and answered in full: a stack would cost more than the check.
        super(message, null, false, false);
        this.missing = missing;
    }

    /** Checks everything but queues. */
    public static void check(Caller caller, Access access) {
        if (!caller.hasOneOf(access.value())) {
            throw new ForbiddenException(
                    "role",
                    "This needs the role "
                            + Arrays.stream(access.value()).map(Role::label).collect(Collectors.joining(" or ")) + ".");
        }
        if (access.payload() && !caller.payload()) {
            throw new ForbiddenException("payload", "This needs the right to see payloads.");
        }
    }

    public static void checkQueue(Caller caller, String queue) {
        if (!caller.mayTouch(queue)) {
            throw queue(queue);
        }
    }

    /** Checks all queues that a request names. */
    public static void checkQueues(Caller caller, Collection<QueueName> queues) {
        queues.forEach(queue -> checkQueue(caller, queue.value()));
    }

    public static void checkAllQueues(Caller caller) {
        if (!caller.queues().matchAll()) {
            throw queue("*");
        }
    }

    /** For what has a name of its own that it cannot share, and is about queues that are not told. */
    public static ForbiddenException taken(String what) {
        return new ForbiddenException("queue", what + " concerns a queue that this caller has no right to.");
    }

    /** @param rights {@code roles}, {@code queues} or {@code payload}, at least one */
    public static ForbiddenException grants(List<String> rights) {
        return new ForbiddenException(
                rights.get(0).equals("roles") ? "role" : rights.get(0).equals("queues") ? "queue" : "payload",
                "A caller cannot grant more than it has, which " + String.join(", ", rights) + " would.");
    }

    private static ForbiddenException queue(String queue) {
        return new ForbiddenException("queue", "This caller has no right to the queue " + queue + ".");
    }

    /** The kind of right. */
    String missing() {
        return missing;
    }
}
