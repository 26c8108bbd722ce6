package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergedPageTest {

    private static final Response FIGURES = SimpleStringType.create("figures");

    private final MergedPage page = new MergedPage(3);

    @Test
    void pageIsFullAndGoesOnWhereItEnds() {
        page.add("", queues("a", "d", "e"));
        page.add("", queues("b", "c"));

        assertThat(names()).containsExactly("a", "b", "c");
        assertThat(page.next()).hasValue("c");
    }

    @Test
    void pageEndsBeforeTheFirstQueueThatIsMissing() {
        page.add("c", queues("a", "b"));
        page.add("", queues("d"));

        assertThat(names()).containsExactly("a", "b");
        assertThat(page.next()).hasValue("b");
    }

    @Test
    void lastPageGoesOnNowhere() {
        page.add("", queues("a"));
        page.add("", queues());

        assertThat(names()).containsExactly("a");
        assertThat(page.next()).isEmpty();
    }

    @Test
    void eachBucketIsAskedForMoreThanItsShareAndForNoMoreThanThePage() {
        assertThat(MergedPage.ofEach(1)).isEqualTo(1);
        assertThat(MergedPage.ofEach(100)).isEqualTo(11);
        assertThat(MergedPage.ofEach(200)).isEqualTo(19);
    }

    private List<String> names() {
        return page.entries().stream().map(Map.Entry::getKey).toList();
    }

    private static Map<String, Response> queues(String... names) {
        return Stream.of(names).collect(Collectors.toMap(Function.identity(), name -> FIGURES));
    }
}
