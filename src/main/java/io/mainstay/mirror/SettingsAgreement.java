package io.mainstay.mirror;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Has both stores of a mirrored queue have the same pauses and limits: the newer ones; of equally new ones those of the owner. */
public final class SettingsAgreement {

    private SettingsAgreement() {}

    /** Between rounds, for somebody who has just set some. Does nothing if one of them does not answer, or does not know yet what it is. */
    public static Uni<Void> of(MirrorSide first, MirrorSide second) {
        return Uni.combine()
                .all()
                .unis(Seen.of(first), Seen.of(second))
                .asTuple()
                .flatMap(seen -> {
                    Optional<Seen> one = seen.getItem1();
                    Optional<Seen> other = seen.getItem2();
                    if (one.isEmpty() || other.isEmpty()) {
                        return Uni.createFrom().voidItem();
                    }
                    Seen owner = one.get().look().owns() ? one.get() : other.get();
                    Seen copies = owner == one.get() ? other.get() : one.get();
                    return owner.isOwnerOf(copies)
                            ? of(owner, copies)
                            : Uni.createFrom().voidItem();
                });
    }

    static Uni<Void> of(Seen owner, Seen copies) {
        MirrorSettings ofOwner = owner.look().settings();
        MirrorSettings ofCopies = copies.look().settings();
        if (ofOwner.equals(ofCopies)) {
            return Uni.createFrom().voidItem();
        }
        boolean newer = ofCopies.version() > ofOwner.version();
        Seen older = newer ? owner : copies;
        return older.side()
                .store()
                .apply(
                        older.side().queue(),
                        older.mirror().orElseThrow(),
                        older.look().settings(),
                        newer ? ofCopies : ofOwner);
    }
}
