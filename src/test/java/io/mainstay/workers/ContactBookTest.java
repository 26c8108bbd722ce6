package io.mainstay.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.KnownHandlers;
import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainsByHand;
import io.mainstay.queue.WorkerContacts.Contact;
import io.mainstay.queue.names.WorkerName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContactBookTest {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration KNOWN_FOR = WAIT.plusMinutes(1);

    private long nanos = 7;
    private final Set<HandlerName> known = new HashSet<>();
    private int news;
    private final ContactBook book = new ContactBook(new DrainsByHand(), knownHandlers(), WAIT, () -> nanos);

    ContactBookTest() {
        book.onNewHandler(() -> news++);
    }

    @Test
    void whatIsTakenIsTakenOnce() {
        book.seen(contact("a", "images", "resize"));
        book.heard("b");

        List<Sighting> taken = book.take(10);

        assertThat(taken).extracting(each -> each.worker().name()).containsExactly("a", "b");
        assertThat(taken.get(0).profile()).isPresent();
        assertThat(taken.get(1).profile()).isEmpty();
        assertThat(taken).allMatch(Sighting::takesJobs);
        assertThat(book.take(10)).isEmpty();
    }

    @Test
    void whatTheStoreDidNotTakeComesAgain() {
        book.seen(contact("a", "images", "resize"));
        List<Sighting> taken = book.take(10);
        book.putBack(taken);

        assertThat(book.take(10)).isEqualTo(taken);
    }

    @Test
    void moreThanFitIntoOneCallComeWithTheNext() {
        for (int i = 0; i < 5; i++) {
            book.heard("w-" + i);
        }

        assertThat(book.take(3)).hasSize(3);
        assertThat(book.take(3)).hasSize(2);
    }

    @Test
    void workerWithSeveralLoopsServesAllThatTheyAskFor() {
        book.seen(contact("a", "images", "resize"));
        book.take(10);
        pass(Duration.ofSeconds(20));
        book.seen(contact("a", "mail", "send"));

        WorkerProfile both = book.take(10).get(0).profile().orElseThrow();
        assertThat(both.serving().queues()).containsExactlyInAnyOrder(new QueueName("images"), new QueueName("mail"));
        assertThat(both.serving().handlers())
                .containsExactlyInAnyOrder(new HandlerName("resize"), new HandlerName("send"));

        pass(KNOWN_FOR.minusSeconds(10));
        book.heard("a");
        assertThat(book.take(10).get(0).profile().orElseThrow().serving().queues())
                .as("what it asked for lately")
                .containsExactly(new QueueName("mail"));
    }

    /** Others may have heard of it as well, and have not noted that down yet. */
    @Test
    void workerThatGoesIsGoneAMomentLater() {
        book.seen(contact("a", "images", "resize"));
        book.take(10);
        book.left("a");
        assertThat(book.take(10)).isEmpty();
        pass(Duration.ofSeconds(6));

        List<Sighting> gone = book.take(10);
        assertThat(gone).hasSize(1).allSatisfy(each -> {
            assertThat(each.goes()).isTrue();
            assertThat(each.takesJobs()).isFalse();
            assertThat(each.ago()).isEqualTo(Duration.ofSeconds(6));
        });
        book.putBack(gone);
        assertThat(book.take(10)).allMatch(Sighting::goes).hasSize(1);
    }

    @Test
    void workerThatGoesAndComesBackIsThere() {
        book.left("a");
        pass(Duration.ofSeconds(3));
        book.heard("a");

        assertThat(book.take(10)).hasSize(1).noneMatch(Sighting::goes).allSatisfy(each -> assertThat(each.knownFor())
                .isEqualTo(KNOWN_FOR));
    }

    @Test
    void namesThatNoWorkerCanHaveAreLeftOut() {
        for (String name : new String[] {"", "a b", "a\n", "ä", "x".repeat(65)}) {
            book.seen(contact(name, "images", "resize"));
            book.heard(name);
        }

        assertThat(book.take(10)).isEmpty();
    }

    @Test
    void versionIsOneShortLine() {
        book.seen(
                new Contact("a", "me", "1.0\n\u001b[31m" + "x".repeat(100), 1, List.of(new QueueName("q")), Set.of()));

        String version = book.take(1).get(0).profile().orElseThrow().version().orElseThrow();
        assertThat(version).startsWith("1.0??[31mx").hasSize(64);
    }

    @Test
    void workersAreBounded() {
        for (int i = 0; i < WorkerStore.MOST_WORKERS + 10; i++) {
            book.heard("w-" + i);
        }

        assertThat(book.take(Integer.MAX_VALUE))
                .hasSize(WorkerStore.MOST_WORKERS)
                .noneMatch(each -> each.worker().name().equals("w-9"));
    }

    @Test
    void longNameIsKnownByItsEnd() {
        String name = "images-of-the-second-region-7f9c";
        book.seen(contact(name, "images", "resize"));
        book.take(10);
        book.heard(WorkerName.inTokens(name));

        assertThat(book.take(10)).extracting(each -> each.worker().name()).containsExactly(name);
    }

    @Test
    void handlerThatIsNotKnownIsNewsAtOnce() {
        book.seen(contact("a", "images", "resize"));
        assertThat(news).isEqualTo(1);

        known.add(new HandlerName("resize"));
        book.seen(contact("a", "images", "resize"));
        book.heard("a");
        assertThat(news).isEqualTo(1);
    }

    private KnownHandlers knownHandlers() {
        return new KnownHandlers() {
            @Override
            public boolean knows(HandlerName name) {
                return known.contains(name);
            }

            @Override
            public Set<HandlerName> names() {
                return known;
            }

            @Override
            public Uni<Boolean> lookUp(HandlerName name) {
                return Uni.createFrom().item(knows(name));
            }
        };
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static Contact contact(String worker, String queue, String handler) {
        return new Contact(
                worker, "caller", null, null, List.of(new QueueName(queue)), Set.of(new HandlerName(handler)));
    }
}
