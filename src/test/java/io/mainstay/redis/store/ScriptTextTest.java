package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptTextTest {

    private final Map<String, String> files = new HashMap<>();

    @Test
    void includeBringsItsOwnIncludesFirst() {
        file("verb", "--#include b", "verb");
        file("lib/b", "--#include a", "b");
        file("lib/a", "a");

        assertThat(text()).containsExactly("a", "b", "verb");
    }

    @Test
    void whatSeveralAskForComesOnceBeforeAllOfThem() {
        file("verb", "--#include b", "--#include c", "--#include a", "verb");
        file("lib/b", "--#include a", "b");
        file("lib/c", "--#include a", "c");
        file("lib/a", "a");

        assertThat(text()).containsExactly("a", "b", "c", "verb");
    }

    @Test
    void includeWithinABlockStaysThere() {
        file("verb", "if x then", "  --#include a", "end");
        file("lib/a", "a");

        assertThat(text()).containsExactly("if x then", "a", "end");
    }

    @Test
    void blockKnowsWhatWasIncludedBeforeItAndNothingOfOtherBlocks() {
        file("verb", "--#include a", "if x then", "  --#include b", "  --#include c", "else", "  --#include c", "end");
        file("lib/a", "a");
        file("lib/b", "--#include a", "b");
        file("lib/c", "local function f()", "  --#include b", "  --#include d", "end");
        file("lib/d", "d");

        assertThat(text())
                .containsExactly(
                        "a",
                        "if x then",
                        "b",
                        "local function f()",
                        "d",
                        "end",
                        "else",
                        "local function f()",
                        "b",
                        "d",
                        "end",
                        "end");
    }

    @Test
    void commentsAndEmptyLinesStayBehind() {
        file("verb", "-- why", "", "local a = 1 -- that", "  -- how");

        assertThat(text()).containsExactly("local a = 1 -- that");
    }

    @Test
    void unknownIncludeIsRefused() {
        file("verb", "--#include a");
        file("lib/a", "--#include b");

        assertThatThrownBy(this::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no script file lib/b")
                .hasMessageContaining("lib/a");
    }

    @Test
    void cycleIsRefused() {
        file("verb", "--#include a");
        file("lib/a", "--#include b");
        file("lib/b", "--#include a");

        assertThatThrownBy(this::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lib/a includes itself")
                .hasMessageContaining("lib/b");
    }

    @Test
    void fieldsOfJobsAreInTheOrderOfTheCode() {
        assertThat(ScriptText.of("lib/new_fields")).isEqualTo("local NEW_FIELDS = { 's', 'e', 'd', 'c' }");
        assertThat(ScriptText.of("lib/job_field")).startsWith("local JOB_FIELD = { spec = 1, enqueued_at = 2, ");
    }

    private void file(String name, String... lines) {
        files.put(name, String.join("\n", lines));
    }

    private Iterable<String> text() {
        return Arrays.asList(ScriptText.of("verb", name -> Optional.ofNullable(files.get(name)))
                .split("\n"));
    }
}
