package io.mainstay.queue.places;

/**
 * What an enqueue knows of how its queue is laid out over its places.
 *
 * @param epoch of the layout; 0 for a queue that has always been as it is. A place that was closed takes new jobs only under a later
 *     epoch than the one that ended with that
 * @param only what is added, if not all, though the place is closed
 */
public record Admission(long epoch, Only only) {

    /** What an enqueue adds. */
    public enum Only {
        ALL,
        /** Jobs of groups that have jobs there, in line or running. */
        OF_GROUPS_THERE,
        /** Nothing: it is asked whether the job is there. */
        NOTHING,
        /** All, if the place is that of the store which owns a mirrored queue's jobs. */
        OF_OWNER
    }

    /** For queues without a policy. */
    public static final Admission NONE = new Admission(0, Only.ALL);

    /** Finds the job, or puts it behind others of its group. */
    public static final Admission FOLLOWING = new Admission(0, Only.OF_GROUPS_THERE);

    /** Finds the job, or one of its id that was deleted. */
    public static final Admission SEEKING = new Admission(0, Only.NOTHING);

    /** Adds the job where those of its mirrored queue are claimed, and nowhere else. */
    public static final Admission OWNED = new Admission(0, Only.OF_OWNER);

    public static Admission under(long epoch) {
        return epoch == 0 ? NONE : new Admission(epoch, Only.ALL);
    }

    /** As scripts have it. */
    public String word() {
        return switch (only) {
            case ALL -> epoch == 0 ? "" : Long.toString(epoch);
            case OF_GROUPS_THERE -> "follow";
            case NOTHING -> "seek";
            case OF_OWNER -> "own";
        };
    }
}
