package io.mainstay.queue;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a job stands among those of its state. As text it is the cursor behind that job. */
record Place(long major, long minor, JobId id) {

    private static final Pattern TEXT = Pattern.compile("(-?\\d{1,18}):(\\d{1,18}):(\\w[\\w.~-]*)");
    private static final Comparator<Place> ASCENDING = Comparator.comparingLong(Place::major)
            .thenComparingLong(Place::minor)
            .thenComparing(Place::id);

    static Place of(TwinJob job) {
        JobId id = job.asked.id();
        return switch (job.state()) {
            case BLOCKED -> new Place(job.enqueuedAt.toEpochMilli(), 0, id);
            case SCHEDULED -> new Place(job.runAt.toEpochMilli(), 0, id);
            case READY -> new Place(job.tier(), job.arrival, id);
            case RUNNING -> new Place(job.leaseUntil.toEpochMilli(), 0, id);
            case SUCCEEDED, DEAD, CANCELLED -> new Place(job.finishedAt.toEpochMilli(), 0, id);
        };
    }

    /** Next first; of the ended ones the latest first. */
    static Comparator<Place> order(JobState state) {
        return state.ended() ? ASCENDING.reversed() : ASCENDING;
    }

    static Place ofCursor(String cursor) {
        Matcher parts = TEXT.matcher(cursor);
        if (!parts.matches()) {
            throw new InvalidValueException("cursor", cursor, "one that a page ended with");
        }
        return new Place(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), new JobId(parts.group(3)));
    }

    JobPage.Position position() {
        return new JobPage.Position(major * (double) (1L << 49) + minor, id.value(), toCursor());
    }

    String toCursor() {
        return major + ":" + minor + ":" + id;
    }
}
