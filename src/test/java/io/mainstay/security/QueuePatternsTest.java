package io.mainstay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueuePatternsTest {

    private final QueuePatterns patterns = new QueuePatterns(List.of("mail", "img.*"));

    @Test
    void matchWholeNamesAndBeginnings() {
        assertThat(List.of("mail", "img.", "img.small")).allMatch(patterns::matches);
        assertThat(List.of("mails", "mai", "img", "Mail", "*")).noneMatch(patterns::matches);
    }

    @Test
    void onlyTheStarMatchesAll() {
        assertThat(patterns.matchAll()).isFalse();
        assertThat(QueuePatterns.ALL.matchAll()).isTrue();
        assertThat(QueuePatterns.ALL.matches("anything")).isTrue();
    }

    @Test
    void containWhatIsNoWider() {
        assertThat(patterns.contain(new QueuePatterns(List.of("mail", "img.small", "img.s*"))))
                .isTrue();
        assertThat(patterns.contain(new QueuePatterns(List.of("mail*")))).isFalse();
        assertThat(patterns.contain(QueuePatterns.ALL)).isFalse();
        assertThat(QueuePatterns.ALL.contain(patterns)).isTrue();
        assertThat(patterns.contain(new QueuePatterns(List.of()))).isTrue();
    }
}
