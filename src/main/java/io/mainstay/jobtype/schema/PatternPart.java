package io.mainstay.jobtype.schema;

import java.util.List;
import java.util.function.IntPredicate;

/** What a pattern is made of. */
sealed interface PatternPart {

    /** No end of it. */
    int UNLIMITED = -1;

    /** One character. */
    record One(IntPredicate characters) implements PatternPart {}

    /** One after the other. */
    record Sequence(List<PatternPart> parts) implements PatternPart {}

    /** One of them. */
    record Choice(List<PatternPart> parts) implements PatternPart {}

    /** @param most or {@link #UNLIMITED} */
    record Repeated(PatternPart part, int least, int most) implements PatternPart {}

    /** Something about the place, which takes no character. */
    record At(Place place) implements PatternPart {}

    /** Places of a text. */
    enum Place {
        START,
        END,
        WORD_EDGE,
        NO_WORD_EDGE
    }
}
