package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NemesesTest {

    private static final int MANY = 100;

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(drawn("", 7)).isEqualTo(drawn("", 7)).isNotEqualTo(drawn("", 8));
    }

    @Test
    void eachKindComesOnceBeforeAnyComesAgain() {
        Nemeses nemeses = new Nemeses("", 7);

        assertThat(Stream.generate(nemeses::next).limit(nemeses.kinds()).map(Nemeses.Next::kind))
                .doesNotHaveDuplicates();
    }

    @Test
    void thoseThatAreNamedComeAlone() {
        Nemeses nemeses = new Nemeses("slow-link,empty", 7);

        assertThat(Stream.generate(nemeses::next).limit(MANY).map(Nemeses.Next::kind))
                .containsOnly("slow-link", "empty");
    }

    @Test
    void nameOfNoneIsRefused() {
        assertThatThrownBy(() -> new Nemeses("slow-lnik", 7)).hasMessageContaining("slow-lnik");
    }

    private static List<String> drawn(String names, long seed) {
        Nemeses nemeses = new Nemeses(names, seed);
        return Stream.generate(nemeses::next)
                .limit(MANY)
                .map(next -> next.drawn().what())
                .toList();
    }
}
