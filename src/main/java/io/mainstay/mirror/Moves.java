package io.mainstay.mirror;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** What moves many jobs of a store, some in a call: what one round leaves the next one goes on with. */
final class Moves {

    private Moves() {}

    /**
     * Makes copies of what an older owner has.
     *
     * @return how many of these ran
     */
    static Uni<Integer> giveUp(Seen older, long ownersEpoch, BooleanSupplier timeLeft) {
        return giveUp(older, ownersEpoch, 0, timeLeft);
    }

    private static Uni<Integer> giveUp(Seen older, long ownersEpoch, int before, BooleanSupplier timeLeft) {
        return older.side().store().giveUp(older.side().queue(), ownersEpoch).flatMap(gave -> {
            int ran = before + gave.running();
            return gave.copies() < MirrorStore.MOST_MOVED || !timeLeft.getAsBoolean()
                    ? Uni.createFrom().item(ran)
                    : giveUp(older, ownersEpoch, ran, timeLeft);
        });
    }

    /**
     * Starts copies if the owner was silent for so long, or goes on with it.
     *
     * @return the last answer, with how many were started in all
     */
    static Uni<Takeover> start(Seen copies, long epochOfCopies, Duration hold, BooleanSupplier timeLeft) {
        return start(copies, epochOfCopies, hold, 0, timeLeft);
    }

    private static Uni<Takeover> start(Seen copies, long epoch, Duration hold, int before, BooleanSupplier timeLeft) {
        return copies.side()
                .store()
                .takeOver(copies.side().queue(), epoch, hold)
                .flatMap(takeover -> {
                    int all = before + takeover.started();
                    return takeover.started() < MirrorStore.MOST_MOVED || !timeLeft.getAsBoolean()
                            ? Uni.createFrom().item(new Takeover(takeover.mirror(), takeover.left(), all))
                            : start(copies, epoch, hold, all, timeLeft);
                });
    }
}
