package io.mainstay.job;

/**
 * Name of a queue, or of a <em>place</em>: one part of a queue in one store, which holds some of its jobs. Most queues have
 * one place, which has the name of the queue. To the store, and to claims and reports, each place is a queue with a name of
 * its own, {@link #value()}, for example {@code orders~24.3} (part 3 of 24) or {@code orders@2} (in the second store).
 * Whatever leaves the service shows the queue as its callers know it, {@link #logical()}, whose text is {@link #toString()}.
 * Callers cannot write {@code ~} and {@code @}, so no queue of theirs has the name of a place.
 *
 * <p>It is part of every key of the queue, hence no braces and no colons. Two names are equal if their {@link #value()} is.
 */
public final class QueueName implements Comparable<QueueName> {

    /** A queue has at most so many partitions. */
    public static final int MAX_PARTITIONS = 32;

    private static final int MAX_LENGTH = 64;
    private static final String PRIVATE = "mainstay.canary.";
    private static final char PARTITION = '~';
    private static final String SECOND = "@2";

    /** Whose jobs send notices to hooks: they are made by Mainstay itself and run by its instances. */
    public static final QueueName HOOKS = new QueueName("mainstay.hooks");

    private final String value;
    /** This one, if it is no place. */
    private final QueueName logical;

    private final int partitions;
    private final int partition;
    private final boolean second;

    /**
     * As callers write it.
     *
     * @param value 1 to 64 characters of {@code a-z 0-9 . _ -}, and not only dots
     */
    public QueueName(String value) {
        if (!mayBegin(value) || Ascii.isDotsOnly(value)) {
            throw new InvalidValueException("queue", value, "[a-z0-9._-]{1,64}, and not only dots");
        }
        this.value = value;
        this.logical = this;
        this.partitions = 1;
        this.partition = 0;
        this.second = false;
    }

    private QueueName(QueueName logical, int partitions, int partition, boolean second) {
        this.value = logical.value
                + (partitions == 1 ? "" : PARTITION + Integer.toString(partitions) + "." + partition)
                + (second ? SECOND : "");
        this.logical = logical;
        this.partitions = partitions;
        this.partition = partition;
        this.second = second;
    }

    /** Whether names of queues may begin with this, which is not empty. */
    public static boolean mayBegin(String text) {
        return text != null && !text.isEmpty() && text.length() <= MAX_LENGTH && isAllowed(text);
    }

    /** What {@link #value()} of a queue or a place was. */
    public static QueueName stored(String value) {
        int mark = value == null ? -1 : value.indexOf(PARTITION);
        boolean second = value != null && value.endsWith(SECOND);
        if (mark < 0 && !second) {
            return new QueueName(value);
        }
        int end = second ? value.length() - SECOND.length() : value.length();
        QueueName logical = new QueueName(value.substring(0, mark < 0 ? end : mark));
        if (mark < 0) {
            return logical.inSecondStore();
        }
        String[] numbers = value.substring(mark + 1, end).split("\\.", -1);
        try {
            QueueName part = logical.partition(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            QueueName name = second ? part.inSecondStore() : part;
            if (name.value.equals(value)) {
                return name;
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            // No name of ours; said below.
        }
        throw new InvalidValueException("queue", value, "the name of a place of a queue");
    }

    /**
     * The queue of one instance alone, see {@link #isPrivate()}.
     *
     * @param instance a token that no other process has
     */
    public static QueueName privateTo(String instance) {
        return new QueueName(PRIVATE + instance);
    }

    /** What the store knows it by. */
    public String value() {
        return value;
    }

    /** The queue that this is, or is a place of, as callers know it. */
    public QueueName logical() {
        return logical;
    }

    /**
     * A part of the queue, in the store that this name is of. The parts of one count are others than those of another: so while their number
     * changes, old and new parts have nothing in common.
     *
     * @param count how many parts there are, 1 to {@value #MAX_PARTITIONS}; the only part of 1 is the queue itself
     * @param index 0 to count - 1
     */
    public QueueName partition(int count, int index) {
        if (count < 1 || count > MAX_PARTITIONS || index < 0 || index >= count) {
            throw new IllegalArgumentException("no partition: " + index + " of " + count);
        }
        if (count == partitions && index == partition) {
            return this;
        }
        return count == 1 && !second ? logical : new QueueName(logical, count, index, second);
    }

    /** How many parts the queue has where this is one of them; 1 of a queue itself. */
    public int partitions() {
        return partitions;
    }

    /** Which of these parts it is; 0 of a queue itself. */
    public int partition() {
        return partition;
    }

    /** This place in the second store. */
    public QueueName inSecondStore() {
        return second ? this : new QueueName(logical, partitions, partition, true);
    }

    /** This place in the first store. */
    public QueueName inFirstStore() {
        return second ? logical.partition(partitions, partition) : this;
    }

    public boolean isInSecondStore() {
        return second;
    }

    /** Whether it is not the name of the queue itself. */
    public boolean isPlace() {
        return logical != this;
    }

    /**
     * Whether the queue belongs to one instance, which proves on it that jobs flow. Such queues are not registered, not
     * shown and not counted, nobody else serves them, and the store lets them expire.
     */
    public boolean isPrivate() {
        return value.startsWith(PRIVATE);
    }

    /** Whether callers may put no jobs there, for they are Mainstay's own. */
    public boolean isReserved() {
        return isPrivate() || logical.equals(HOOKS);
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
    public boolean equals(Object other) {
        return other instanceof QueueName name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The queue as callers know it. */
    @Override
    public String toString() {
        return logical.value;
    }
}
