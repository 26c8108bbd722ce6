package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Serving;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.WorkersByHand;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.route.TargetTrouble;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of a job in line: what keeps workers from it. */
class ExplainerTest {

    private static final QueueName QUEUE = new QueueName("hooks");
    private static final String SLOW = "https://slow.example:443";
    private static final String OTHER = "https://other.example:443";
    private static final Caller OF_ONE_QUEUE =
            new Caller("id", "name", Role.READER.includes(), new QueuePatterns(List.of(QUEUE.value())), true);

    private final TestClock clock = new TestClock();
    private final InMemoryJobStore store = new InMemoryJobStore(clock);
    private final WorkersByHand workers = new WorkersByHand();
    /** Those of {@link #SLOW}. */
    private int requests;

    private boolean full;

    private final TargetTrouble targets = new TargetTrouble() {
        @Override
        public boolean isLeftAlone(String target) {
            return false;
        }

        @Override
        public Optional<Holder> largest() {
            return requests == 0 ? Optional.empty() : Optional.of(new Holder(SLOW, requests));
        }

        @Override
        public Optional<Holder> full(String target) {
            return full && target.equals(SLOW) ? largest() : Optional.empty();
        }
    };

    private static final Announcements ANYBODY = new Announcements() {
        @Override
        public Uni<Void> announce(Serving serving, Duration validFor) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Optional<Set<HandlerName>>> served(QueueName queue) {
            return Uni.createFrom().item(Optional.empty());
        }

        @Override
        public Uni<Availability> availability(QueueName queue, HandlerName handler) {
            return Uni.createFrom().item(Availability.AVAILABLE);
        }
    };

    @Test
    void nothingIsSaidOfWorkersThatAreFree() {
        add("a", OTHER);

        assertThat(detail("a", Caller.UNRESTRICTED)).endsWith("In line before it: 0. Running: 0.");
    }

    @Test
    void allWorkersAreBusyWithAnotherTarget() {
        workers.busy = workers.concurrency;
        requests = 3;
        add("a", OTHER);

        assertThat(detail("a", Caller.UNRESTRICTED))
                .endsWith(" All 4 workers of this instance are busy, 3 of them with requests to " + SLOW + ".");
        assertThat(detail("a", OF_ONE_QUEUE))
                .endsWith(" All 4 workers of this instance are busy, 3 of them with requests to one target.");
    }

    @Test
    void ownTargetHasAllWorkersThatItMay() {
        requests = 3;
        full = true;
        add("a", SLOW);
        add("b", OTHER);

        assertThat(detail("a", OF_ONE_QUEUE))
                .endsWith(" Its target, " + SLOW + ", has reached its share of this instance's workers, 3 of 4.");
        assertThat(detail("b", OF_ONE_QUEUE)).doesNotContain("target");
    }

    @Test
    void mostJobsOfTheQueueGoToOneTargetWhereverTheyRun() {
        add("one", SLOW);
        add("two", SLOW);
        claim(2);
        add("a", SLOW);
        add("b", OTHER);

        assertThat(detail("a", OF_ONE_QUEUE))
                .endsWith(" 2 of 2 running jobs of the queue are requests to " + SLOW + ".");
        assertThat(detail("b", OF_ONE_QUEUE)).endsWith(" 2 of 2 running jobs of the queue are requests to one target.");
    }

    @Test
    void oneTargetOfManyIsNotNamed() {
        add("one", SLOW);
        add("two", OTHER);
        claim(2);
        add("a", SLOW);

        assertThat(detail("a", Caller.UNRESTRICTED)).endsWith("Running: 2.");
    }

    @Test
    void attemptThatOutlastsItsTimeoutIsToldOf() {
        add("a", SLOW);
        claim(1);
        assertThat(detail("a", Caller.UNRESTRICTED)).doesNotContain("time-out");

        clock.advance(JobDraft.job(QUEUE, "a").build().spec().timeout().plusSeconds(2));
        assertThat(detail("a", Caller.UNRESTRICTED))
                .contains(" Its time-out has passed, and it waits for its receiver to end.");
    }

    private void add(String id, String target) {
        store.enqueue(JobDraft.job(QUEUE, id).goingTo("http", target).build())
                .await()
                .indefinitely();
    }

    private void claim(int jobs) {
        store.claim(SomeClaim.of(QUEUE, "worker", "t", jobs, Duration.ofHours(1)))
                .await()
                .indefinitely();
    }

    private String detail(String id, Caller caller) {
        Explanation why =
                store.explain(QUEUE, new JobId(id)).await().indefinitely().orElseThrow();
        Explainer explainer = new Explainer(
                job -> Uni.createFrom().item(Optional.empty()), ANYBODY, targets, workers, HeldHandlers.NONE);
        return explainer.view(why, caller).await().indefinitely().detail();
    }
}
