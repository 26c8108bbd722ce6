package io.mainstay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a page about another system shows of the ported application is what that has, and so what is run. */
class PortsOnPagesTest {

    private static final Pattern CODE = Pattern.compile("(?ms)^```(?:python|js|ruby)\\n(.*?)^```");

    @ParameterizedTest
    @CsvSource({"sidekiq,sidekiq.rb", "bullmq,bullmq.js", "celery,celery.py", "cloud-tasks,cloud_tasks.py"})
    void codeIsThatOfTheExample(String page, String port) {
        List<String> lines =
                Pages.text(Path.of("examples/coming-from", port)).lines().toList();
        List<String> shown = Pages.matches(Pages.text(Path.of("docs/coming-from", page + ".md")), CODE)
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.isBlank())
                .toList();

        assertThat(shown).hasSizeGreaterThan(5);
        assertThat(lines).containsAll(shown);
    }
}
