package io.mainstay.api.listing;

import io.mainstay.queue.errors.ErrorStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Lists groups of errors of the queues that a caller may see, a bounded number of queues for a page. */
@Singleton
public class ErrorListing {

    private final QueueListing queues;
    private final ErrorStore errors;

    ErrorListing(QueueListing queues, ErrorStore errors) {
        this.queues = queues;
        this.errors = errors;
    }

    /** @param limit most groups on the page */
    public Uni<FoundErrors> page(QueueRange range, Optional<SearchCursor> cursor, int limit) {
        return Uni.createFrom()
                .deferred(() -> new ErrorSearch(queues, errors, range, limit, System::nanoTime).run(cursor));
    }
}
