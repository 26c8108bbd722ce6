package io.mainstay.mirror;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** The comparison of the two stores of one queue that goes on over several rounds, as long as there is need of one. */
final class Comparisons {

    private static final Logger LOG = Logger.getLogger(Comparisons.class);

    private final QueueName queue;
    private final LongSupplier nanos;
    private final BooleanSupplier timeLeft;
    private Comparison comparison;
    private Optional<Mirror> comparedFor = Optional.empty();
    private long ownerSince;

    /** @param timeLeft what is left then is for the next round */
    Comparisons(QueueName queue, LongSupplier nanos, BooleanSupplier timeLeft) {
        this.queue = queue;
        this.nanos = nanos;
        this.timeLeft = timeLeft;
    }

    /** Both are whole. */
    void none() {
        comparison = null;
    }

    /** Goes on with it, or begins anew if something has changed that it relied on. */
    Uni<Decision> goOn(Seen owner, Seen copies) {
        if (!owner.mirror().equals(comparedFor)) {
            comparedFor = owner.mirror();
            ownerSince = nanos.getAsLong();
        }
        boolean begun = owner.epoch() == Mirror.FIRST_EPOCH && owner.look().whole();
        if (begun && nanos.getAsLong() - ownerSince < MirrorRounds.EVERYBODY_KNOWS.toNanos()) {
            // Somebody may not know yet that copies are to be made.
            return Uni.createFrom().item(Decision.owner(owner, false));
        }
        if (comparison == null || !comparison.isOf(owner, copies)) {
            LOG.infof(
                    "Stores of queue %s are compared: the owner %s, copies %s",
                    queue,
                    owner.look().whole() ? "is whole" : "may have lost something",
                    copies.look().whole() ? "are whole" : "are not");
            comparison = new Comparison(owner, copies, timeLeft);
        }
        // Only once it got on: a comparison that never ends must not keep the copies from starting.
        return comparison
                .goOn()
                .flatMap(done -> copies.side()
                        .store()
                        .ownerWorks(copies.side().queue(), owner.epoch())
                        .replaceWith(done))
                .map(done -> {
                    comparison = done ? null : comparison;
                    boolean open = done || owner.look().whole();
                    return open ? Decision.owner(owner, done) : Decision.NONE;
                });
    }
}
