package io.mainstay.lease.extend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.LogLine;
import io.mainstay.job.Progress;
import io.mainstay.job.QueueName;
import io.mainstay.lease.report.RemoteWorker;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseExtensionsTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final RemoteWorker worker = new RemoteWorker();
    private final LeaseLooks looks =
            new LeaseLooks(worker.leases, worker.storeClock, worker.settlements(), (token, in) -> {});
    private final LeaseExtensions extensions = new LeaseExtensions(
            worker.tokens, new LeaseNotes(worker.leases, worker.storeClock), looks, new WorkerContacts() {});

    @Test
    void aLeaseLastsAsLongAsAtFirstOrAsIsAsked() {
        RemoteWorker.Held held = worker.lease("a");
        worker.clock.advance(Duration.ofSeconds(20));

        LeaseAnswer answer = extend(held, "");
        assertThat(answer.token()).isEqualTo(held.token());
        assertThat(answer.status()).isEqualTo("held");
        assertThat(answer.until()).isEqualTo(now().plusSeconds(30).toString());
        assertThat(answer.remaining()).isBetween(20_000L, 30_000L);
        assertThat(extend(held, "'lease': 'PT1M'").until())
                .isEqualTo(now().plusSeconds(60).toString());
        assertThat(worker.leases.extensions).containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(1));
        assertThat(worker.job(held).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void thoseOfAQueueAreExtendedTogether() {
        List<RemoteWorker.Held> held =
                IntStream.range(0, 100).mapToObj(n -> worker.lease("job-" + n)).toList();

        assertThat(apply(
                        Caller.UNRESTRICTED,
                        held.stream().map(one -> text(one, "")).toList()))
                .extracting(LeaseAnswer::status)
                .hasSize(100)
                .containsOnly("held");
        assertThat(worker.leases.extensions).hasSize(1);
    }

    @Test
    void noneLastsLongerThanItsAttemptMay() {
        RemoteWorker.Held held = worker.lease("a");
        Instant endBy = now().plus(TIMEOUT);
        worker.clock.advance(TIMEOUT.minusSeconds(10));

        assertThat(extend(held, "").until()).isEqualTo(endBy.toString());
        assertThat(worker.leases.extensions).last().satisfies(length -> assertThat(length)
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12)));
    }

    @Test
    void anAttemptWhoseTimeIsOverIsEnded() {
        RemoteWorker.Held held = worker.lease("a");
        worker.clock.advance(TIMEOUT);

        assertThat(extend(held, "").status()).isEqualTo("timed-out");
        assertThat(worker.job(held).state()).isEqualTo(JobState.SCHEDULED);
        assertThat(worker.job(held).status().errors().get(0).type()).isEqualTo("timeout");
        assertThat(worker.job(held).status().errors().get(0).message()).isEqualTo("ran longer than PT5M");
        assertThat(worker.told).containsExactly("a scheduled PT5M");
        assertThat(extend(held, "").status()).as("sent again").isEqualTo("timed-out");
    }

    @Test
    void aJobWhoseDeadlineHasComeIsDead() {
        RemoteWorker.Held held =
                worker.lease(JobDraft.job(RemoteWorker.QUEUE, "a").within(Duration.ofMinutes(1)));
        worker.clock.advance(Duration.ofSeconds(50));
        assertThat(extend(held, "").until()).isEqualTo(now().plusSeconds(10).toString());
        worker.clock.advance(Duration.ofSeconds(10));

        assertThat(extend(held, "").status()).isEqualTo("timed-out");
        assertThat(worker.job(held).state()).isEqualTo(JobState.DEAD);
        assertThat(worker.job(held).status().errors().get(0).type()).isEqualTo("deadline");
    }

    @Test
    void whatWasLostIsToldApart() {
        RemoteWorker.Held cancelled = worker.lease("cancelled");
        RemoteWorker.Held done = worker.lease("done");
        RemoteWorker.Held held = worker.lease("held");
        RemoteWorker.Held late = worker.lease("late");
        worker.jobs.cancel(cancelled.queue(), cancelled.id()).await().indefinitely();
        succeed(done);

        assertThat(apply(
                        Caller.UNRESTRICTED,
                        List.of(text(cancelled, ""), text(done, ""), text(held, ""), text(late, ""))))
                .extracting(LeaseAnswer::status)
                .containsExactly("cancelled", "lost", "held", "held");

        worker.jobs.cancel(late.queue(), late.id()).await().indefinitely();
        worker.clock.advance(TIMEOUT);
        succeed(held);
        assertThat(extend(late, "").status()).isEqualTo("cancelled");
        assertThat(extend(held, "").status()).isEqualTo("lost");
    }

    @Test
    void whatAnAttemptSaysIsWrittenDown() {
        RemoteWorker.Held held = worker.lease("a");

        extend(held, "'progress': {'percent': 40, 'note': 'two\\nlines'}, 'log': ['1', '2']");
        extend(held, "'log': ['3']");

        Progress progress = worker.job(held).status().progress();
        assertThat(progress.percent()).isEqualTo(40);
        assertThat(progress.note()).isEqualTo("two lines");
        assertThat(log(held)).containsExactly("1", "2", "3");
    }

    @Test
    void numberedLinesAreNotWrittenTwice() {
        RemoteWorker.Held held = worker.lease("a");
        for (int sending = 0; sending < 2; sending++) {
            extend(held, "'log': ['1', '2'], 'logFrom': 1");
        }
        extend(held, "'log': ['2', '3'], 'logFrom': 2");

        assertThat(log(held)).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'token': '%s', 'lease': 'PT0.999S' | invalid-value | lease",
                "'token': '%s', 'lease': 'PT12H0.001S' | invalid-value | lease",
                "'token': '%s', 'progress': {} | invalid-value | progress.percent",
                "'token': '%s', 'progress': {'percent': 101} | invalid-value | progress.percent",
                "'token': '%s', 'progress': {'percent': 0.5} | wrong-type | progress.percent",
                "'token': '%s', 'log': ['1','2','3','4','5','6','7','8','9','10','11','12','13','14','15','16','17','18','19','20','21'] | invalid-value | log",
                "'token': '%s', 'logFrom': 0 | invalid-value | logFrom",
                "'token': '%s', 'outcome': 'success' | unknown-field | outcome",
                "'lease': 'PT1M' | invalid-value | token",
                "'token': 'ls_none' | invalid-token |",
            })
    void anEntryThatIsBadTouchesNoOther(String fields, String slug, String field) {
        RemoteWorker.Held held = worker.lease("a");
        Json bad = new Json("{" + fields.formatted(held.token()).replace('\'', '"') + "}");

        List<LeaseAnswer> answers = apply(Caller.UNRESTRICTED, List.of(bad, text(held, "")));

        assertThat(answers.get(0).status()).isEqualTo("invalid");
        assertThat(answers.get(0).problem().type()).isEqualTo("urn:mainstay:problem:" + slug);
        assertThat(answers.get(0).problem().field()).isEqualTo(field);
        assertThat(answers.get(1).status()).isEqualTo("held");
    }

    @Test
    void callersExtendOnTheirQueuesOnly() {
        RemoteWorker.Held foreign = worker.lease(JobDraft.job(new QueueName("mail"), "b"));
        Caller caller = new Caller("c", "c", Set.of(Role.WORKER), new QueuePatterns(List.of("images")), false);

        LeaseAnswer answer =
                apply(caller, List.of(text(foreign, "'log': ['1']"))).get(0);

        assertThat(answer.status()).isEqualTo("invalid");
        assertThat(answer.problem().missing()).isEqualTo("queue");
        assertThat(log(foreign)).isEmpty();
    }

    @Test
    void aStoreThatIsAwayIsToBeAskedAgain() {
        RemoteWorker.Held held = worker.lease("a");
        worker.leases.away = true;

        assertThat(extend(held, "'log': ['1']").status()).isEqualTo("unavailable");
        worker.leases.away = false;
        assertThat(extend(held, "'log': ['1']").status()).isEqualTo("held");
    }

    private void succeed(RemoteWorker.Held held) {
        worker.jobs
                .settle(
                        held.queue(),
                        List.of(new Settlement.Complete(held.lease().lease(), Optional.empty())))
                .await()
                .indefinitely();
    }

    private Instant now() {
        return InMemoryJobStore.toMillis(worker.clock.instant());
    }

    private List<String> log(RemoteWorker.Held held) {
        return worker.jobs.log(held.queue(), held.id()).await().indefinitely().orElseThrow().stream()
                .map(LogLine::text)
                .toList();
    }

    private LeaseAnswer extend(RemoteWorker.Held held, String more) {
        return apply(Caller.UNRESTRICTED, List.of(text(held, more))).get(0);
    }

    private List<LeaseAnswer> apply(Caller caller, List<Json> entries) {
        return extensions.apply(caller, entries).await().indefinitely().answers();
    }

    private static Json text(RemoteWorker.Held held, String more) {
        String fields = more.isEmpty() ? "" : ", " + more.replace('\'', '"');
        return new Json("{\"token\": \"%s\"%s}".formatted(held.token(), fields));
    }
}
