package io.mainstay.api.listing;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import java.util.List;

/**
 * Which queues a request is about: those that its parameter {@code queue} names, as far as its caller may see them.
 *
 * @param prefix what all of them begin with; may be empty
 */
public record QueueRange(QueuePatterns allowed, String prefix) {

    /**
     * @param queue a name; or the beginning of names, and {@code *}; null for all
     * @throws ForbiddenException if it is the name of a queue that the caller may not see
     */
    public static QueueRange of(String queue, Caller caller) {
        if (queue == null || queue.equals("*")) {
            return new QueueRange(caller.queues(), "");
        }
        if (queue.endsWith("*")) {
            String prefix = queue.substring(0, queue.length() - 1);
            if (!QueueName.mayBegin(prefix)) {
                throw invalid(queue);
            }
            return new QueueRange(caller.queues(), prefix);
        }
        String name = name(queue);
        ForbiddenException.checkQueue(caller, name);
        return new QueueRange(new QueuePatterns(List.of(name)), "");
    }

    boolean contains(QueueName queue) {
        return allowed.matches(queue.value()) && queue.value().startsWith(prefix);
    }

    private static String name(String text) {
        try {
            return new QueueName(text).value();
        } catch (InvalidValueException e) {
            throw invalid(text);
        }
    }

    private static InvalidValueException invalid(String queue) {
        return new InvalidValueException("queue", queue, "[a-z0-9._-]{1,64}, or the beginning of names and *");
    }
}
