package io.mainstay.stores;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.NewJob;
import io.smallrye.mutiny.Uni;

/** A unique key is compared with the others of its place: where a queue is kept in several, it cannot be kept. */
public final class UniqueKeys {

    private UniqueKeys() {}

    /**
     * @param because what the queue is, and which of its places sees not all keys
     * @return fails if the job has a unique key
     */
    public static Uni<Void> refuse(NewJob job, String because) {
        return job.spec().options().unique() == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .failure(new InvalidValueException(
                                "unique",
                                "there",
                                "left out, as queue " + job.queue() + " " + because + " sees all keys"));
    }
}
