package io.mainstay.job;

/**
 * Name of a queue; it is also the Redis hash tag of every key of the queue, hence no braces.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 . _ -}
 */
public record QueueName(String value) implements Comparable<QueueName> {

    private static final int MAX_LENGTH = 64;
    private static final String PRIVATE = "mainstay.canary.";

    public QueueName {
        if (value == null || value.isEmpty() || value.length() > MAX_LENGTH || !isAllowed(value)) {
            throw new InvalidValueException("queue", value, "[a-z0-9._-]{1,64}");
        }
    }

    /**
     * The queue of one instance alone, see {@link #isPrivate()}.
     *
     * @param instance a token that no other process has
     */
    public static QueueName privateTo(String instance) {
        return new QueueName(PRIVATE + instance);
    }

    /**
     * Whether the queue belongs to one instance, which proves on it that jobs flow. Such queues are not registered, not
     * shown and not counted, nobody else serves them, and the store lets them expire.
     */
    public boolean isPrivate() {
        return value.startsWith(PRIVATE);
    }

    private static boolean isAllowed(String value) {
        return value.chars()
                .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-');
    }

    @Override
    public int compareTo(QueueName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
