package io.mainstay.lease.extend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.job.Json;
import io.mainstay.lease.LeasesConfig;
import io.mainstay.lease.report.RemoteWorker;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.redis.Configured;
import io.mainstay.security.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExtendWaitsTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final RemoteWorker worker = new RemoteWorker();
    private final LeaseLooks looks =
            new LeaseLooks(worker.leases, worker.storeClock, worker.settlements(), (token, in) -> {});
    private final LeaseExtensions extensions = new LeaseExtensions(
            worker.tokens, new LeaseNotes(worker.leases, worker.storeClock), looks, new WorkerContacts() {});
    private final LeasesConfig config = Configured.by(LeasesConfig.class, Map.of());
    private final Set<String> drained = ConcurrentHashMap.newKeySet();
    private ExtendWaits waits = new ExtendWaits(worker.leases, looks, drained::contains, NEVER);

    @AfterEach
    void end() {
        waits.stop();
    }

    @Test
    void theAnswerComesWhenTheTimeIsOver() {
        RemoteWorker.Held held = worker.lease("a");

        assertThat(wait("1", held).orTimeout(20, TimeUnit.SECONDS).join()).containsExactly("held");
        assertThat(waits.open()).isZero();
    }

    @Test
    void aHintTellsOfACancelAtOnce() {
        RemoteWorker.Held held = worker.lease("a");
        RemoteWorker.Held other = worker.lease("b");
        CompletableFuture<List<String>> answer = wait("50", held, other);
        assertThat(answer).isNotDone();

        cancel(held);
        waits.hint(held.queue(), List.of(held.id()));

        assertThat(answer.join()).containsExactly("cancelled", "held");
        assertThat(waits.open()).isZero();
    }

    @Test
    void aHintThatIsWrongEndsNoWait() {
        RemoteWorker.Held held = worker.lease("a");
        CompletableFuture<List<String>> answer = wait("50", held);

        waits.hint(held.queue(), List.of(held.id()));

        assertThat(answer).isNotDone();
        assertThat(worker.leases.extensions).hasSize(2);
    }

    @Test
    void withoutAHintTheNextLookFindsACancel() {
        waits = new ExtendWaits(worker.leases, looks, drained::contains, OFTEN);
        RemoteWorker.Held held = worker.lease("a");
        CompletableFuture<List<String>> answer = wait("50", held);
        cancel(held);

        assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join()).containsExactly("cancelled");
    }

    @Test
    void manyWaitsOfAQueueShareTheLookAndCostNoExtensions() {
        waits = new ExtendWaits(worker.leases, looks, drained::contains, OFTEN);
        List<CompletableFuture<List<String>>> answers = new ArrayList<>();
        IntStream.range(0, 100).forEach(n -> answers.add(wait("50", worker.lease("job-" + n))));
        await().atMost(SOON).until(() -> worker.leases.looks.get() > 2);
        int looksBefore = worker.leases.looks.get();
        int extensionsBefore = worker.leases.extensions.size();
        await().atMost(SOON).until(() -> worker.leases.looks.get() > looksBefore + 3);

        assertThat(worker.leases.extensions).hasSize(extensionsBefore);
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isNotDone());
    }

    @Test
    void lookingStandsStillWhileNobodyWaits() {
        waits = new ExtendWaits(worker.leases, looks, drained::contains, OFTEN);
        CompletableFuture<List<String>> answer = wait("50", worker.lease("a"));
        waits.stop();
        assertThat(answer.join()).containsExactly("held");
        assertThat(waits.open()).isZero();
    }

    @Test
    void theAnswerComesWhenTheWorkerIsDrained() {
        waits = new ExtendWaits(worker.leases, looks, drained::contains, OFTEN);
        CompletableFuture<List<String>> answer = wait("50", worker.lease("a"));
        drained.add("img-7f9c");

        assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join()).containsExactly("held");
        assertThat(wait("50", worker.lease("b"))).as("the next").isDone();
    }

    @Test
    void theAnswerComesWhenTheInstanceIsAboutToEnd() {
        CompletableFuture<List<String>> answer = wait("50", worker.lease("a"));
        waits.stop();

        assertThat(answer.join()).containsExactly("held");
        assertThat(wait("50", worker.lease("b")).join()).containsExactly("held");
    }

    @Test
    void whatIsNotHeldIsToldAtOnce() {
        RemoteWorker.Held held = worker.lease("a");
        cancel(held);

        assertThat(wait("50", held, worker.lease("b")).join()).containsExactly("cancelled", "held");
    }

    @Test
    void aStoreThatIsAwayForAMomentEndsNoWait() {
        RemoteWorker.Held held = worker.lease("a");
        CompletableFuture<List<String>> answer = wait("50", held);
        worker.leases.away = true;
        waits.hint(held.queue(), List.of(held.id()));
        assertThat(answer).isNotDone();

        worker.leases.away = false;
        cancel(held);
        waits.hint(held.queue(), List.of(held.id()));
        assertThat(answer.join()).containsExactly("cancelled");
    }

    private void cancel(RemoteWorker.Held held) {
        worker.jobs.cancel(held.queue(), held.id()).await().indefinitely();
    }

    private CompletableFuture<List<String>> wait(String seconds, RemoteWorker.Held... held) {
        List<Json> entries = List.of(held).stream()
                .map(one -> new Json("{\"token\": \"" + one.token() + "\"}"))
                .toList();
        WaitingExtensions waiting = new WaitingExtensions(extensions, waits, drained::contains, config);
        return extensions
                .apply(Caller.UNRESTRICTED, entries)
                .flatMap(extended -> waiting.after(extended, null, List.of("wait=" + seconds)))
                .map(extended ->
                        extended.answers().stream().map(LeaseAnswer::status).toList())
                .subscribeAsCompletionStage();
    }
}
