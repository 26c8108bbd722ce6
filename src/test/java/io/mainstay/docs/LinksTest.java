package io.mainstay.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between pages work, and a reader who starts at the README can get to every page. */
class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Path START = Path.of("README.md");

    @Test
    void linksLeadToFiles() throws IOException {
        assertThat(links(Pages.all()).filter(link -> Files.notExists(link.to())))
                .isEmpty();
    }

    @Test
    void linksLeadToHeadings() throws IOException {
        Map<Path, Set<String>> anchors = new HashMap<>();
        for (Path page : Pages.all()) {
            anchors.put(page, anchors(Pages.text(page)));
        }

        assertThat(links(Pages.all())
                        .filter(link -> link.anchor() != null && anchors.containsKey(link.to()))
                        .filter(link -> !anchors.get(link.to()).contains(link.anchor())))
                .isEmpty();
    }

    @Test
    void everyPageOfTheDocsIsReachedFromTheReadme() throws IOException {
        Set<Path> reached = new TreeSet<>(Set.of(START));
        Deque<Path> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            for (Link link : links(List.of(next.remove())).toList()) {
                for (Path page : pagesAt(link.to())) {
                    if (reached.add(page)) {
                        next.add(page);
                    }
                }
            }
        }

        assertThat(reached).containsAll(Pages.files(Path.of("docs"), ".md"));
    }

    private record Link(Path from, Path to, String anchor) {}

    private static Stream<Link> links(List<Path> pages) {
        return pages.stream()
                .flatMap(page -> Pages.matches(CODE.matcher(Pages.text(page)).replaceAll(""), LINK)
                        .map(link -> new Link(
                                page,
                                link.group(1).isEmpty()
                                        ? page
                                        : page.resolveSibling(link.group(1)).normalize(),
                                link.group(2))));
    }

    /** A link to a directory shows its files. */
    private static List<Path> pagesAt(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            return Pages.files(target, ".md");
        }
        return target.toString().endsWith(".md") && Files.exists(target) ? List.of(target) : List.of();
    }

    /** As GitHub names them. */
    private static Set<String> anchors(String text) {
        Map<String, Integer> times = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        Pages.matches(CODE.matcher(text).replaceAll(""), HEADING).forEach(heading -> {
            String anchor = heading.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .strip()
                    .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }
}
