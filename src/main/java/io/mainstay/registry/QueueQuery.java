package io.mainstay.registry;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import java.util.Optional;

/**
 * Asks for one page of queues.
 *
 * @param prefix what their names begin with; empty for all
 * @param after the name where the page before ended, from {@link QueuePage#next()}; empty for the first page
 * @param limit most queues on the page, 1 to {@link #MOST}
 */
public record QueueQuery(String prefix, Optional<QueueName> after, int limit) {

    public static final int MOST = 200;

    public QueueQuery {
        if (!prefix.isEmpty()) {
            checkPrefix(prefix);
        }
        Bounds.between("limit", limit, 1, MOST);
    }

    /** @throws InvalidValueException that names the parameter that is not right */
    public static QueueQuery of(String prefix, String cursor, int limit) {
        return new QueueQuery(
                prefix == null ? "" : prefix, Optional.ofNullable(cursor).map(QueueQuery::cursor), limit);
    }

    /** As long as a name is one, so is what it begins with. */
    private static void checkPrefix(String prefix) {
        if (!QueueName.mayBegin(prefix)) {
            throw new InvalidValueException("prefix", prefix, "[a-z0-9._-]{1,64}");
        }
    }

    private static QueueName cursor(String cursor) {
        try {
            return new QueueName(cursor);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("cursor", cursor, "the 'next' of a page");
        }
    }
}
