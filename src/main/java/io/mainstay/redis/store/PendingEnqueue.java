package io.mainstay.redis.store;

import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.NewJob;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An enqueue, the same however often it is sent. What it sends is made when it comes, so that a job that cannot be written fails
 * alone. Confined to an event loop.
 */
final class PendingEnqueue {

    /** Of most jobs; what else they have is bounded. */
    private static final long BYTES_BESIDE_PAYLOAD = 256;

    private final NewJob job;
    private final String start;
    /** Priority and route; empty for a job of a group, whose place is not told by these alone. */
    private final String place;

    private final String spec;
    /** Tells a job that this enqueue made from one that was there; empty if the id alone tells. */
    private final String token;

    private boolean sent;

    PendingEnqueue(NewJob job) {
        JobSpec asked = job.spec();
        this.job = job;
        this.start = SpecText.start(job.start());
        this.place = asked.options().group() == null ? asked.priority() + SpecText.route(asked) : "";
        this.spec = SpecText.write(asked);
        this.token = job.idChosen()
                ? Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX)
                : "";
    }

    long bytes() {
        return BYTES_BESIDE_PAYLOAD + job.spec().payload().bytes();
    }

    /** Whether the store must look whether it made the job before, or had one with that id. */
    boolean mayBeKnown() {
        return sent || job.idChosen();
    }

    /** Whether it has more than the script has at hand for most jobs. */
    boolean hasMore() {
        JobOptions options = job.spec().options();
        return options.unique() != null || options.group() != null;
    }

    /** Adds the arguments of one try. */
    void write(List<String> args, boolean withToken) {
        args.add(job.id().value());
        args.add(start);
        args.add(place);
        args.add(spec);
        args.add(job.spec().payload().text());
        if (withToken) {
            args.add(token);
        }
        sent = true;
    }
}
