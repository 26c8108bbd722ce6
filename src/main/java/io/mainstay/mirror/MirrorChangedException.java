package io.mainstay.mirror;

import io.mainstay.job.QueueName;
import java.util.Optional;

/** A store is not any more what it was to a queue when the round began. The next round sees what it is. */
final class MirrorChangedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MirrorChangedException(QueueName queue, Optional<Mirror> now) {
        super(
                "a store of the mirrored queue %s is something else by now: %s".formatted(queue, now),
                null,
                false,
                false);
    }
}
