package io.mainstay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.audit.AuditKind;
import io.mainstay.auth.Refusal;
import io.mainstay.flow.OnParentDead;
import io.mainstay.health.StallReason;
import io.mainstay.hook.HookEvent;
import io.mainstay.job.JobState;
import io.mainstay.lease.report.ReportOutcome;
import io.mainstay.queue.WaitReason;
import io.mainstay.security.Role;
import io.mainstay.security.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tables of what the service may say have all of it, and nothing else. */
class ListsOnPagesTest {

    private static final String REST = "docs/rest-api.md";
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9-]*)`");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[^|]*) \\|");
    private static final Pattern PROBLEM_ROW = Pattern.compile("(?m)^\\| (?:[45]\\d\\d(?:, )?)+ \\| ([^|]*) \\|");

    /** Where problems are made, by the slugs that they are given. */
    private static final Pattern PROBLEM = Pattern.compile(
            "(?:Problem\\.of|super|new (?:LimitReached|NotFound|QueueConflict|MalformedRequest)Exception)"
                    + "\\(\\s*\"([a-z]+(?:-[a-z]+)*)\"\\s*,");
    /** Another exception whose first word may be the name of a field, too, which has no dash. */
    private static final Pattern INVALID_VALUE =
            Pattern.compile("(?:InvalidValueException|this)\\(\\s*\"([a-z]+(?:-[a-z]+)+)\"\\s*,");

    @Test
    void reasonsOfExplain() {
        assertThat(firstCells(REST, "| `reason` | the job |"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WaitReason.values())
                        .map(WaitReason::wireName)
                        .toList());
    }

    @Test
    void typesOfProblems() throws IOException {
        Set<String> documented = new TreeSet<>();
        Pages.matches(Pages.text(REST), PROBLEM_ROW).forEach(row -> documented.addAll(Pages.find(row.group(1), NAME)));
        Set<String> made = new TreeSet<>();
        for (Path source : Pages.files(Path.of("src/main/java"), ".java")) {
            made.addAll(Pages.find(Pages.text(source), PROBLEM));
            made.addAll(Pages.find(Pages.text(source), INVALID_VALUE));
        }

        assertThat(documented).isEqualTo(made).hasSizeGreaterThan(40);
    }

    @Test
    void reasonsOfStalls() {
        List<String> reasons =
                Arrays.stream(StallReason.values()).map(StallReason::slug).toList();

        assertThat(firstCells("docs/architecture.md", "| `reason` | what is missing |"))
                .containsExactlyInAnyOrderElementsOf(reasons);
        assertThat(firstCells("docs/operations.md", "### An instance heals or restarts", "| `reason` |"))
                .containsExactlyInAnyOrderElementsOf(reasons);
    }

    @Test
    void reasonsOfRefusedRequests() {
        String row = Pages.text("docs/observability.md")
                .lines()
                .filter(line -> line.startsWith("| `reason` | `mainstay_auth_refused_total` |"))
                .findFirst()
                .orElseThrow();

        assertThat(Pages.find(row.substring(row.lastIndexOf("| `")), NAME))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Refusal.Reason.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
    }

    @Test
    void kinds() {
        check("docs/security.md", "| role | may |", Role.values(), Role::label);
        check("docs/security.md", "| scope | the caller needs |", Scope.values(), Scope::label);
        check("docs/security.md", "| kind | what |", AuditKind.values(), AuditKind::label);
        check("docs/job-lifecycle.md", "| state |", JobState.values(), JobState::wireName);
        check("docs/notices.md", "| event | when |", HookEvent.values(), HookEvent::wireName);
        check("docs/workers.md", "| outcome | fields |", ReportOutcome.values(), ReportOutcome::wireName);
        check("docs/workflows-and-batches.md", "## When a parent dies", OnParentDead.values(), OnParentDead::wireName);
    }

    /** The names of one kind are those in the first column. */
    private static <T> void check(String page, String head, T[] kinds, Function<T, String> name) {
        assertThat(firstCells(page, head))
                .as("%s in %s", head, page)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(kinds).map(name).toList());
    }

    private static List<String> firstCells(String page, String head) {
        return firstCells(page, "", head);
    }

    /** Names in the first column of the table that begins with a head, the first one after a heading. */
    private static List<String> firstCells(String page, String heading, String head) {
        String text = Pages.text(page);
        int begin = text.indexOf("\n" + head, Math.max(text.indexOf(heading), 0));
        assertThat(begin).as("table '%s' in %s", head, page).isNotNegative();
        int rows = text.indexOf("\n| `", begin);
        int end = text.indexOf("\n\n", rows);
        return Pages.matches(text.substring(begin + 1 + head.length(), end < 0 ? text.length() : end), FIRST_CELL)
                .flatMap(cell -> Pages.matches(cell.group(1), NAME).map(name -> name.group(1)))
                .toList();
    }
}
