package io.mainstay.api.listing;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import java.util.Optional;

/**
 * Where a page over many queues ended. As text: the queue, and a slash and the cursor of its own list if that is to go on.
 *
 * @param queue the last one looked at
 * @param within where its list goes on; empty if nothing of it is left
 */
public record SearchCursor(QueueName queue, Optional<String> within) {

    private static final char SEPARATOR = '/';

    /** @throws InvalidValueException if it is none */
    public static SearchCursor parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        String name = separator < 0 ? text : text.substring(0, separator);
        try {
            return new SearchCursor(
                    new QueueName(name), separator < 0 ? Optional.empty() : Optional.of(text.substring(separator + 1)));
        } catch (InvalidValueException e) {
            throw new InvalidValueException("cursor", text, "the 'next' of a page");
        }
    }

    public String text() {
        return queue.value() + within.map(more -> SEPARATOR + more).orElse("");
    }
}
