package io.mainstay.rest;

import io.mainstay.queue.JobsConfig;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** The largest request body, in bytes. Quarkus itself is configured with the largest limit of {@link StreamedBodies}. */
@Singleton
public class BodyLimit {

    private final long bytes;
    private final List<StreamedBodies> streamed;

    BodyLimit(JobsConfig jobs, @All List<StreamedBodies> streamed) {
        this.bytes = jobs.maxBody().asLongValue();
        this.streamed = List.copyOf(streamed);
    }

    long of(String path) {
        StreamedBodies streams = streamedBy(path);
        return streams == null ? bytes : streams.maxBody();
    }

    /** Whether whoever serves the path reads the body as it comes. */
    boolean isStreamed(String path) {
        return streamedBy(path) != null;
    }

    /** Of bodies that are read as a whole: how many bytes it takes to see that one is over the limit. */
    int enough() {
        return (int) Math.min(Integer.MAX_VALUE, bytes + 1);
    }

    /** Of bodies that are read as a whole. */
    boolean allows(long size) {
        return size <= bytes;
    }

    /** Of bodies that are read as a whole. */
    Problem problem() {
        return problem(bytes);
    }

    public static Problem problem(long limit) {
        return HttpProblem.of(413).withLimit(limit);
    }

    /** Null if nobody does. Asked about every request. */
    private StreamedBodies streamedBy(String path) {
        for (StreamedBodies bodies : streamed) {
            if (path.endsWith(bodies.pathEnd())) {
                return bodies;
            }
        }
        return null;
    }
}
