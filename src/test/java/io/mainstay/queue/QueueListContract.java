package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of queues. */
interface QueueListContract extends ContractSteps {

    @Test
    default void queuesAreListedByNamePageByPage() {
        List<String> names = IntStream.range(0, 70)
                .mapToObj(i -> String.format("list-%02d", i))
                .toList();
        enqueueInto(names);

        List<String> seen = new ArrayList<>();
        Optional<String> next = Optional.empty();
        int pages = 0;
        do {
            QueuePage page = page("", next.orElse(null), 20);
            assertThat(page.complete()).isTrue();
            assertThat(page.queues()).hasSizeBetween(1, 20);
            page.queues().forEach(queue -> seen.add(queue.queue().value()));
            next = page.next();
            pages++;
        } while (next.isPresent());

        assertThat(seen).isEqualTo(names);
        assertThat(pages).isLessThan(10);
        assertThat(answer(store().queues().count())).isEqualTo(70);
    }

    @Test
    default void onlyQueuesOfAPrefixAreListed() {
        enqueueInto(List.of("a", "mail", "mail.eu", "mail-us", "mailer", "mall", "z"));

        assertThat(names(page("mail", null, 10))).containsExactly("mail", "mail-us", "mail.eu", "mailer");
        assertThat(names(page("mail", "mail-us", 10))).containsExactly("mail.eu", "mailer");
        assertThat(names(page("mail", "a", 1))).containsExactly("mail");
        assertThat(names(page("mail", "z", 10))).isEmpty();
        assertThat(page("x", null, 10).next()).isEmpty();
    }

    @Test
    default void listedQueuesHaveTheFiguresOfTheirOwn() {
        enqueueInto(List.of("one", "two"));
        answer(store().jobs()
                .enqueue(JobDraft.job(new QueueName("two"), "another").build()));
        answer(store().jobs().setPaused(new QueueName("one"), true));

        List<QueueName> both = List.of(new QueueName("one"), new QueueName("two"));
        List<QueueFigures> listed = page("", null, 10).queues();
        assertThat(listed).extracting(QueueFigures::queue).isEqualTo(both);
        List<QueueFigures> asked = answer(store().jobs().figures(both));
        assertThat(listed).extracting(QueueFigures::counts).isEqualTo(counts(asked));
        assertThat(listed).extracting(QueueFigures::paused).containsExactly(true, false);
    }

    @Test
    default void aPageGoesOnWhereItsCursorIsThoughThatQueueIsGone() {
        enqueueInto(List.of("a", "c"));

        assertThat(names(page("", "b", 10))).containsExactly("c");
    }

    private static List<Object> counts(List<QueueFigures> figures) {
        return figures.stream().<Object>map(QueueFigures::counts).toList();
    }

    private void enqueueInto(List<String> names) {
        names.forEach(name -> answer(
                store().jobs().enqueue(JobDraft.job(new QueueName(name), "x").build())));
    }

    private QueuePage page(String prefix, String cursor, int limit) {
        return answer(store().queues().page(QueueQuery.of(prefix, cursor, limit)));
    }

    private static List<String> names(QueuePage page) {
        return page.queues().stream().map(queue -> queue.queue().value()).toList();
    }
}
