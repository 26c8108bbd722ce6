package io.mainstay.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.handler.HandlerCatalog;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.NotFoundException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Serving;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.handlers.HandlerSightings;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is shown of workers, and to whom. */
class WorkersTest {

    private static final QueueName IMAGES = new QueueName("images");
    private static final QueueName MAIL = new QueueName("mail");
    private static final HandlerName RESIZE = new HandlerName("resize");
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final QueuePatterns MAIL_ONLY = new QueuePatterns(List.of("mail"));

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock();
    private final InMemoryWorkerStore store = new InMemoryWorkerStore(clock::instant);
    private final Drains drains = new Drains("here", System::nanoTime);
    private final AnnouncedHandlers handlers = new AnnouncedHandlers(store);
    private final Workers workers = new Workers(
            store,
            new RemoteJobs(store, QueuePlaces.SINGLE),
            new NewsRounds(vertx, store, drains, handlers),
            new JobIds());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void callerSeesWorkersOfItsQueuesAndOfTheseOnlyItsOwn() {
        RunningJob image = new RunningJob(IMAGES, new JobId("i"), RESIZE, clock.instant());
        RunningJob mail = new RunningJob(MAIL, new JobId("m"), RESIZE, clock.instant());
        heard(
                new Sighting(
                        WorkerId.instance("pod"),
                        LONG,
                        Optional.of(new WorkerProfile(
                                Optional.empty(),
                                OptionalInt.of(4),
                                new Serving(Set.of(), Set.of(RESIZE)),
                                2,
                                List.of(image, mail))),
                        true),
                remote("both", IMAGES, MAIL),
                remote("images-only", IMAGES),
                new Sighting(WorkerId.remote("name-only"), LONG, Optional.empty(), true));
        store.jobs(IMAGES, new HeldJobs(1, Map.of("both", new HeldJobs.OfWorker(1, List.of(image)))));
        store.jobs(MAIL, new HeldJobs(1, Map.of("both", new HeldJobs.OfWorker(1, List.of(mail)))));

        WorkerList all = list(QueuePatterns.ALL);
        WorkerList some = list(MAIL_ONLY);

        assertThat(all.workers())
                .extracting(WorkerView::name)
                .containsExactly("pod", "both", "images-only", "name-only");
        assertThat(all.workers().get(1).running()).isEqualTo(2);
        assertThat(all.workers().get(1).queues()).containsExactly("images", "mail");
        assertThat(some.workers()).extracting(WorkerView::name).containsExactly("pod", "both");
        assertThat(some.workers().get(0).queues()).containsExactly("*");
        assertThat(some.workers().get(0).jobs())
                .extracting(WorkerView.JobView::queue)
                .containsExactly("mail");
        assertThat(some.workers().get(1).queues()).containsExactly("mail");
        assertThat(some.workers().get(1).running()).isEqualTo(1);
        assertThat(some.workers().get(1).jobs())
                .extracting(WorkerView.JobView::id)
                .containsExactly("m");
        assertThat(some.toString()).doesNotContain("images");
    }

    @Test
    void pagesGoPastWorkersOfOthersAndNeverEndAtOne() {
        for (int i = 100; i < 550; i++) {
            heard(remote("w-" + i, i == 320 || i == 549 ? MAIL : IMAGES));
        }

        WorkerList first = await(workers.list(Optional.empty(), 1, MAIL_ONLY));
        WorkerList second = await(workers.list(Optional.ofNullable(first.next()), 1, MAIL_ONLY));

        assertThat(first.workers()).extracting(WorkerView::name).containsExactly("w-320");
        assertThat(first.next()).isEqualTo("remote:w-320");
        assertThat(second.workers()).extracting(WorkerView::name).containsExactly("w-549");
        assertThat(second.next()).isNull();
    }

    @Test
    void drainIsShownUntilItIsOver() {
        heard(remote("img", IMAGES));

        WorkerView drained = await(workers.drain("img"));
        assertThat(drained.drain())
                .isEqualTo(new WorkerView.DrainView(
                        clock.instant().plus(Duration.ofHours(1)).toString()));
        assertThat(list(QueuePatterns.ALL).workers().get(0).drain()).isEqualTo(drained.drain());

        await(workers.undrain("img"));
        assertThat(list(QueuePatterns.ALL).workers().get(0).drain()).isEqualTo(false);
        assertThatThrownBy(() -> await(workers.drain("nobody"))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> workers.drain("a b")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> workers.undrain("")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void handlersAreKnownFromMemoryAndLookedUpOnceWhileTheyAreNew() {
        HandlerName later = new HandlerName("later");
        assertThat(handlers.knows(RESIZE)).isFalse();
        heard(remote("img", IMAGES));
        assertThat(await(handlers.lookUp(RESIZE))).isTrue();
        assertThat(handlers.knows(RESIZE)).isTrue();
        assertThat(await(handlers.lookUp(later))).isFalse();

        handlers.set(Set.of(RESIZE, later));
        assertThat(handlers.knows(later)).isTrue();
        assertThat(handlers.names()).containsExactlyInAnyOrder(RESIZE, later);
        handlers.set(Set.of());
        assertThat(handlers.knows(RESIZE)).isFalse();
    }

    @Test
    void whoHasAHandlerIsCountedOverAllPages() {
        for (int i = 0; i < 250; i++) {
            heard(remote("w-" + i, IMAGES));
        }
        heard(new Sighting(
                WorkerId.instance("pod"),
                LONG,
                Optional.of(new WorkerProfile(
                        Optional.empty(),
                        OptionalInt.of(4),
                        new Serving(Set.of(), Set.of(RESIZE, new HandlerName("here"))),
                        0,
                        List.of())),
                true));

        Map<HandlerName, HandlerSightings.Sighting> all = await(new WorkersByHandler(store, hereOnly()).all());

        assertThat(all.get(RESIZE)).isEqualTo(new HandlerSightings.Sighting(true, 251, clock.instant()));
        assertThat(all.get(new HandlerName("here")))
                .isEqualTo(new HandlerSightings.Sighting(false, 1, clock.instant()));
    }

    private static HandlerCatalog hereOnly() {
        return new HandlerCatalog() {
            @Override
            public boolean knows(HandlerName name) {
                return names().contains(name);
            }

            @Override
            public Set<HandlerName> names() {
                return Set.of(new HandlerName("here"));
            }
        };
    }

    private void heard(Sighting... sightings) {
        await(store.heard(List.of(sightings), "change"));
    }

    private static Sighting remote(String name, QueueName... queues) {
        return new Sighting(
                WorkerId.remote(name),
                LONG,
                Optional.of(WorkerProfile.ofRemote(
                        Optional.empty(), OptionalInt.empty(), new Serving(Set.of(queues), Set.of(RESIZE)))),
                true);
    }

    private WorkerList list(QueuePatterns seen) {
        return await(workers.list(Optional.empty(), 50, seen));
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(10));
    }
}
