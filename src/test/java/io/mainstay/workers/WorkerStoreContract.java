package io.mainstay.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.health.InstanceHealth;
import io.mainstay.queue.health.NoticedBy;
import io.mainstay.queue.health.Recovery;
import io.mainstay.queue.names.WorkerName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of workers must do. */
public abstract class WorkerStoreContract {

    protected static final Duration LONG = Duration.ofMinutes(5);
    /** Longer than a test takes on any machine: nothing is over before a test lets it pass. */
    protected static final Duration SHORT = Duration.ofMinutes(1);

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final QueueName IMAGES = new QueueName("images");
    private static final HandlerName RESIZE = new HandlerName("resize");

    private int changes;

    /** Empty before each test. */
    protected abstract WorkerStore store();

    protected abstract Announcements announcements();

    protected abstract Instant now();

    /** Moves the clock of the store; nobody waits. */
    protected abstract void letPass(Duration time);

    @Test
    void workerIsReadAsItWasHeardOf() {
        RunningJob job = new RunningJob(IMAGES, new JobId("a~1"), RESIZE, Instant.ofEpochMilli(1_764_000_000_123L));
        WorkerProfile here = new WorkerProfile(
                Optional.of("1.0 é"),
                OptionalInt.of(16),
                new Serving(Set.of(), Set.of(RESIZE, new HandlerName("http"))),
                3,
                List.of(job));
        Instant before = now();

        heard(sighting(WorkerId.instance("pod-1"), LONG, here), sighting(WorkerId.remote("img-1"), LONG, remote()));

        WorkerPage page = page(Optional.empty(), 10);
        assertThat(page.next()).isEmpty();
        assertThat(page.workers())
                .extracting(KnownWorker::id)
                .containsExactly(WorkerId.instance("pod-1"), WorkerId.remote("img-1"));
        assertThat(page.workers().get(0).profile()).contains(here);
        assertThat(page.workers().get(1).profile()).contains(remote());
        assertThat(page.workers()).allSatisfy(worker -> {
            assertThat(worker.since()).isBetween(before, now()).isEqualTo(worker.seen());
            assertThat(worker.drainedUntil()).isEmpty();
        });
    }

    @Test
    void whatWasSaidIsKeptWhenAWorkerIsOnlyHeardOf() {
        heard(sighting(WorkerId.remote("img-1"), LONG, remote()));
        KnownWorker first = find(WorkerId.remote("img-1")).orElseThrow();
        letPass(SHORT);

        heard(touch("img-1", LONG), touch("img-2", LONG));

        KnownWorker second = find(WorkerId.remote("img-1")).orElseThrow();
        assertThat(second.profile()).contains(remote());
        assertThat(second.since()).isEqualTo(first.since());
        assertThat(second.seen()).isAfterOrEqualTo(first.seen().plus(SHORT));
        assertThat(find(WorkerId.remote("img-2")).orElseThrow().profile()).isEmpty();
    }

    @Test
    void instanceSaysHowItIs() {
        InstanceHealth health = new InstanceHealth(
                false,
                Optional.of("no-proof"),
                List.of(
                        new InstanceHealth.OfStore(
                                "first", true, new InstanceHealth.Links(5, 1, 2), "live", Duration.ofMillis(1500)),
                        new InstanceHealth.OfStore(
                                "second", false, new InstanceHealth.Links(0, 0, 6), "down", Duration.ofHours(2))));
        WorkerProfile said = new WorkerProfile(
                Optional.empty(), OptionalInt.empty(), remote().serving(), 0, List.of(), Optional.of(health));

        heard(sighting(WorkerId.instance("pod-1"), LONG, said));

        assertThat(find(WorkerId.instance("pod-1")).orElseThrow().profile()).contains(said);
    }

    @Test
    void recoveriesAreKeptUntilOthersAreSaid() {
        Recovery over = new Recovery(
                "first",
                NoticedBy.LINK_LOST,
                Duration.ofMinutes(3),
                6,
                new Recovery.Restored(
                        Optional.of(Duration.ofMillis(812)),
                        Optional.of(Duration.ofMillis(1340)),
                        Optional.of(Duration.ofMillis(1350))));
        Recovery goesOn = new Recovery(
                "second",
                NoticedBy.CANARY,
                Duration.ZERO,
                0,
                new Recovery.Restored(Optional.empty(), Optional.empty(), Optional.empty()));
        WorkerId pod = WorkerId.instance("pod-1");
        assertThat(recoveries(pod)).isEmpty();
        Instant before = now();

        heard(recovered(pod, List.of(over, goesOn)));
        Instant after = now();
        heard(sighting(pod, LONG, remote()));

        assertThat(recoveries(pod)).containsExactly(over, goesOn);
        assertThat(find(pod).orElseThrow().recoveries().at()).isBetween(before, after);
        heard(recovered(pod, List.of(over)));
        assertThat(recoveries(pod)).containsExactly(over);
    }

    @Test
    void recoveriesGoWithTheInstance() {
        WorkerId pod = WorkerId.instance("pod-1");
        Recovery one = new Recovery(
                "first",
                NoticedBy.PROBE,
                Duration.ZERO,
                1,
                new Recovery.Restored(Optional.empty(), Optional.empty(), Optional.empty()));
        heard(new Sighting(pod, SHORT, Optional.of(remote()), true, Duration.ZERO, Optional.of(List.of(one))));
        letPass(SHORT.plusMillis(1));

        heard(sighting(pod, LONG, remote()));

        assertThat(recoveries(pod)).isEmpty();
    }

    private List<Recovery> recoveries(WorkerId instance) {
        return find(instance).map(found -> found.recoveries().recoveries()).orElse(List.of());
    }

    private static Sighting recovered(WorkerId instance, List<Recovery> recoveries) {
        return new Sighting(instance, LONG, Optional.of(remote()), true, Duration.ZERO, Optional.of(recoveries));
    }

    @Test
    void workerWithALongNameIsHeardOfByTheEndOfIt() {
        String name = "images-of-the-second-region-7f9c";
        heard(sighting(WorkerId.remote(name), SHORT, remote()));
        heard(touch(WorkerName.inTokens(name), LONG));
        letPass(SHORT.plusMillis(1));

        assertThat(page(Optional.empty(), 10).workers())
                .extracting(KnownWorker::id)
                .containsExactly(WorkerId.remote(name));
        assertThat(find(WorkerId.remote(name)).orElseThrow().profile()).contains(remote());
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void whoeverIsNotHeardOfIsForgotten() {
        heard(sighting(WorkerId.remote("img-1"), SHORT, remote()));
        letPass(SHORT.plusMillis(1));
        assertThat(find(WorkerId.remote("img-1"))).isEmpty();
        assertThat(page(Optional.empty(), 10).workers()).isEmpty();

        heard(touch("img-1", LONG));
        KnownWorker back = find(WorkerId.remote("img-1")).orElseThrow();
        assertThat(back.since()).isEqualTo(back.seen());
        assertThat(back.profile()).isEmpty();
    }

    @Test
    void remoteWorkerDoesNotTakeTheNameOfAnInstance() {
        heard(
                sighting(WorkerId.instance("pod-1"), LONG, remote()),
                sighting(
                        WorkerId.remote("pod-1"),
                        LONG,
                        WorkerProfile.ofRemote(Optional.empty(), OptionalInt.empty(), remote().serving())));

        assertThat(find(WorkerId.instance("pod-1")).orElseThrow().profile()).contains(remote());
        assertThat(page(Optional.empty(), 10).workers()).hasSize(2);
    }

    @Test
    void workersAreListedByKindAndNamePageByPage() {
        heard(touch("b", LONG), touch("a", LONG), touch("a.b", LONG), touch("A", LONG), touch("a-b", LONG));
        heard(sighting(WorkerId.instance("z"), LONG, remote()));

        List<String> names = new ArrayList<>();
        Optional<WorkerId> next = Optional.empty();
        do {
            WorkerPage page = page(next, 2);
            assertThat(page.workers()).hasSizeLessThanOrEqualTo(2);
            page.workers().forEach(worker -> names.add(worker.id().name()));
            next = page.next();
        } while (next.isPresent());

        assertThat(names).containsExactly("z", "A", "a", "a-b", "a.b", "b");
    }

    @Test
    void drainLastsForAWhileAndIsSaidOnce() {
        String version = news("", "").drainsVersion();
        heard(sighting(WorkerId.instance("pod-1"), LONG, remote()), touch("img-1", LONG));
        Instant before = now();

        Instant until = answer(store().drain(WorkerId.instance("pod-1"), LONG, change()))
                .orElseThrow();
        answer(store().drain(WorkerId.remote("img-1"), SHORT, change()));

        assertThat(until).isBetween(before.plus(LONG), now().plus(LONG));
        assertThat(find(WorkerId.instance("pod-1")).orElseThrow().drainedUntil())
                .contains(until);
        WorkerNews news = news(version, "");
        assertThat(news.drains().orElseThrow()).containsOnlyKeys(WorkerId.instance("pod-1"), WorkerId.remote("img-1"));
        assertThat(news.drains().orElseThrow().get(WorkerId.instance("pod-1"))).isBetween(LONG.minusSeconds(30), LONG);
        assertThat(news.drainedInstances()).isEqualTo(1);
        assertThat(news(news.drainsVersion(), "").drains()).isEmpty();

        letPass(SHORT.plusMillis(1));
        assertThat(news("", "").drains().orElseThrow()).containsOnlyKeys(WorkerId.instance("pod-1"));
        assertThat(find(WorkerId.remote("img-1")).orElseThrow().drainedUntil()).isEmpty();
        answer(store().undrain("pod-1", change()));
        answer(store().undrain("nobody", change()));
        WorkerNews after = news(news.drainsVersion(), "");
        assertThat(after.drains()).contains(Map.of());
        assertThat(after.drainedInstances()).isZero();
    }

    @Test
    void drainsAreBounded() {
        for (int i = 0; i < WorkerStore.MOST_DRAINS; i++) {
            answer(store().drain(WorkerId.remote("w-" + i), LONG, change()));
        }

        assertThat(answer(store().drain(WorkerId.remote("more"), LONG, change())))
                .isEmpty();
        assertThat(answer(store().drain(WorkerId.remote("w-1"), LONG, change())))
                .isPresent();
        answer(store().undrain("w-2", change()));
        assertThat(answer(store().drain(WorkerId.remote("more"), LONG, change())))
                .isPresent();
    }

    @Test
    void handlersAreKnownFromTheFirstWorkerThatHasThem() {
        assertThat(answer(store().knows(RESIZE))).isFalse();
        String empty = news("", "-").handlersVersion();
        heard(sighting(WorkerId.remote("img-1"), SHORT, remote()));

        WorkerNews news = news("", empty);
        assertThat(news.handlers().orElseThrow()).containsExactly(RESIZE);
        assertThat(answer(store().knows(RESIZE))).isTrue();
        assertThat(answer(store().handlersSeen()))
                .containsOnlyKeys(RESIZE)
                .allSatisfy((handler, seen) -> assertThat(seen).isBetween(now().minusSeconds(30), now()));
        assertThat(answer(store().knows(new HandlerName("resiz")))).isFalse();
        letPass(SHORT.plusMillis(1));
        heard(sighting(WorkerId.instance("pod-1"), LONG, remote()));
        assertThat(answer(store().knows(RESIZE)))
                .as("of workers that are gone, too")
                .isTrue();
        assertThat(news("", news.handlersVersion()).handlers())
                .as("nothing is new")
                .isEmpty();
    }

    @Test
    void remoteWorkersServeWhileTheyAreHeardOf() {
        heard(sighting(WorkerId.remote("img-1"), LONG, remote()));

        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.AVAILABLE);
        assertThat(availability(IMAGES, new HandlerName("crop"))).isEqualTo(Availability.NO_HANDLER);
        assertThat(availability(new QueueName("image"), RESIZE)).isEqualTo(Availability.NO_QUEUE);
    }

    @Test
    void workerThatOnlyExtendsGoesOnServing() {
        heard(sighting(WorkerId.remote("img-1"), SHORT, remote()));
        heard(touch("img-1", LONG));
        letPass(SHORT.plusMillis(1));

        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void drainedWorkerServesNobodyElsesJobsAway() {
        heard(new Sighting(WorkerId.remote("img-1"), LONG, Optional.of(remote()), false));
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.NO_QUEUE);

        heard(sighting(WorkerId.remote("img-2"), LONG, remote()));
        heard(new Sighting(WorkerId.remote("img-1"), LONG, Optional.of(remote()), false));
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void workerThatIsDrainedServesNothingFromThenOn() {
        heard(sighting(WorkerId.remote("img-1"), LONG, remote()), sighting(WorkerId.remote("img-2"), LONG, remote()));

        answer(store().drain(WorkerId.remote("img-1"), LONG, change()));
        assertThat(availability(IMAGES, RESIZE)).as("by the other").isEqualTo(Availability.AVAILABLE);
        answer(store().drain(WorkerId.remote("img-2"), LONG, change()));
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.NO_QUEUE);
        // An instance that does not know of it yet.
        heard(sighting(WorkerId.remote("img-2"), LONG, remote()), touch("img-1", LONG));
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.NO_QUEUE);

        answer(store().undrain("img-1", change()));
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.AVAILABLE);
    }

    @Test
    void drainIsOfOneKindAndItsEndOfBoth() {
        heard(sighting(WorkerId.instance("pod-1"), LONG, remote()), sighting(WorkerId.remote("pod-1"), LONG, remote()));

        answer(store().drain(WorkerId.instance("pod-1"), LONG, change()));

        assertThat(find(WorkerId.remote("pod-1")).orElseThrow().drainedUntil()).isEmpty();
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.AVAILABLE);
        assertThat(news("", "").drains().orElseThrow()).containsOnlyKeys(WorkerId.instance("pod-1"));
        answer(store().drain(WorkerId.remote("pod-1"), LONG, change()));
        answer(store().undrain("pod-1", change()));
        assertThat(news("", "").drains().orElseThrow()).isEmpty();
    }

    @Test
    void workerThatSaysSoIsGone() {
        heard(sighting(WorkerId.remote("img-1"), LONG, remote()), sighting(WorkerId.remote("img-2"), LONG, remote()));
        letPass(SHORT);
        heard(gone("img-1"));

        assertThat(find(WorkerId.remote("img-1"))).isEmpty();
        assertThat(availability(IMAGES, RESIZE)).as("by the other").isEqualTo(Availability.AVAILABLE);
        heard(gone("img-2"), gone("nobody"));
        assertThat(page(Optional.empty(), 10).workers()).isEmpty();
        assertThat(availability(IMAGES, RESIZE)).isEqualTo(Availability.NO_QUEUE);

        heard(sighting(WorkerId.remote("img-1"), LONG, remote()));
        assertThat(find(WorkerId.remote("img-1"))).isPresent();
    }

    /** By another instance, under the same name perhaps. */
    @Test
    void workerThatWasHeardOfSinceIsNotGone() {
        heard(sighting(WorkerId.remote("img-1"), LONG, remote()));
        letPass(SHORT);
        heard(touch("img-1", LONG));

        heard(new Sighting(WorkerId.remote("img-1"), Duration.ZERO, Optional.empty(), false, SHORT.dividedBy(2)));

        assertThat(find(WorkerId.remote("img-1"))).isPresent();
    }

    @Test
    void whatIsToldLateCountsFromWhenItWas() {
        heard(sighting(WorkerId.remote("img-1"), LONG, remote()));
        Instant seen = find(WorkerId.remote("img-1")).orElseThrow().seen();

        heard(new Sighting(WorkerId.remote("img-1"), LONG, Optional.empty(), true, LONG.dividedBy(2)));
        heard(new Sighting(WorkerId.remote("img-2"), SHORT, Optional.empty(), true, SHORT.plusMillis(1)));

        assertThat(find(WorkerId.remote("img-1")).orElseThrow().seen()).isEqualTo(seen);
        assertThat(find(WorkerId.remote("img-2"))).isEmpty();
    }

    @Test
    void repeatChangesNothing() {
        List<Sighting> sightings = List.of(sighting(WorkerId.remote("img-1"), LONG, remote()), touch("img-2", LONG));
        answer(store().heard(sightings, "same"));
        WorkerNews news = news("", "-");
        answer(store().heard(sightings, "same"));

        assertThat(page(Optional.empty(), 10).workers()).hasSize(2);
        assertThat(news("", news.handlersVersion()).handlers()).isEmpty();
    }

    protected static WorkerProfile remote() {
        return WorkerProfile.ofRemote(
                Optional.of("1.4.2"), OptionalInt.of(8), new Serving(Set.of(IMAGES), Set.of(RESIZE)));
    }

    protected static Sighting sighting(WorkerId worker, Duration knownFor, WorkerProfile profile) {
        return new Sighting(worker, knownFor, Optional.of(profile), true);
    }

    protected static Sighting touch(String remote, Duration knownFor) {
        return new Sighting(WorkerId.remote(remote), knownFor, Optional.empty(), true);
    }

    private static Sighting gone(String remote) {
        return new Sighting(WorkerId.remote(remote), Duration.ZERO, Optional.empty(), false);
    }

    protected void heard(Sighting... sightings) {
        answer(store().heard(List.of(sightings), change()));
    }

    protected String change() {
        return "change-" + changes++;
    }

    protected Optional<KnownWorker> find(WorkerId id) {
        return answer(store().find(id));
    }

    protected WorkerPage page(Optional<WorkerId> after, int limit) {
        return answer(store().page(after, limit));
    }

    private WorkerNews news(String drainsKnown, String handlersKnown) {
        return answer(store().news(drainsKnown.isEmpty() ? WorkerStore.NO_VERSION : drainsKnown, handlersKnown));
    }

    private Availability availability(QueueName queue, HandlerName handler) {
        return answer(announcements().availability(queue, handler));
    }

    protected static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(DEADLINE);
    }
}
