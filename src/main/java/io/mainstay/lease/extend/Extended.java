package io.mainstay.lease.extend;

import io.mainstay.lease.SignedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request asked for, and how it stands. For one thread at a time.
 *
 * @param texts of the tokens as they came; null where there was none to read
 * @param leases null where there is none
 * @param standings of all of them
 */
record Extended(String[] texts, HeldLease[] leases, Standing[] standings) {

    Extended(int size) {
        this(new String[size], new HeldLease[size], new Standing[size]);
    }

    /** Whether there is nothing to tell but that all of them are held. */
    boolean allHeld() {
        for (Standing standing : standings) {
            if (!standing.held()) {
                return false;
            }
        }
        return true;
    }

    /** The places of those that may be extended. */
    List<Integer> places() {
        List<Integer> places = new ArrayList<>(leases.length);
        for (int place = 0; place < leases.length; place++) {
            if (leases[place] != null) {
                places.add(place);
            }
        }
        return places;
    }

    /** Who holds them, as the leases themselves say. */
    Optional<String> worker() {
        return places().stream()
                .findFirst()
                .flatMap(place -> leases[place].token().worker());
    }

    List<LeaseAnswer> answers() {
        List<LeaseAnswer> answers = new ArrayList<>(standings.length);
        for (int place = 0; place < standings.length; place++) {
            String text = texts[place];
            answers.add(
                    LeaseAnswer.of(text == null || text.length() > SignedText.LONGEST ? null : text, standings[place]));
        }
        return answers;
    }
}
