package io.mainstay.api.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.security.QueuePatterns;
import java.util.List;
import org.junit.jupiter.api.Test;

class NameRangeTest {

    @Test
    void rangesComeByNameAndDoNotOverlap() {
        assertThat(ranges("", "z", "mail-*", "mail", "mail-eu-*", "mail-us", "a*"))
                .containsExactly(prefix("a"), exact("mail"), prefix("mail-"), exact("z"));
    }

    @Test
    void aPrefixNarrowsThem() {
        assertThat(ranges("mail-e", "mail-*", "mail-eu-*", "images")).containsExactly(prefix("mail-e"));
        assertThat(ranges("m", "mail", "mail-eu-*", "images")).containsExactly(exact("mail"), prefix("mail-eu-"));
        assertThat(ranges("mailing", "mail")).isEmpty();
    }

    @Test
    void whatNoQueueIsCalledIsNone() {
        assertThat(ranges("", "Mail", "ä*", "x".repeat(65), "")).isEmpty();
    }

    @Test
    void theFirstWithNamesBehindAnotherIsFound() {
        List<NameRange> ranges = ranges("", "b*", "d");

        assertThat(NameRange.first(ranges, "a")).contains(prefix("b"));
        assertThat(NameRange.first(ranges, "bb")).contains(prefix("b"));
        assertThat(NameRange.first(ranges, prefix("b").last())).contains(exact("d"));
        assertThat(NameRange.first(ranges, "c")).contains(exact("d"));
        assertThat(NameRange.first(ranges, "d")).isEmpty();
    }

    private static List<NameRange> ranges(String wanted, String... patterns) {
        return NameRange.of(new QueuePatterns(List.of(patterns)), wanted);
    }

    private static NameRange prefix(String prefix) {
        return new NameRange(prefix, false);
    }

    private static NameRange exact(String name) {
        return new NameRange(name, true);
    }
}
