package io.mainstay.lease.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseReportsTest {

    private static final Duration RAN = Duration.ofSeconds(2);

    private final RemoteWorker worker = new RemoteWorker();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LeaseReports reports =
            new LeaseReports(worker.tokens, worker.storeClock, worker.settlements(), new WorkerContacts() {
                @Override
                public void heard(String name) {
                    heard.add(name);
                }
            });

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "success | | succeeded | a succeeded PT2S",
                "success | 'result': {'n': 1.50} | succeeded | a succeeded PT2S",
                "retry | | scheduled | a scheduled PT2S",
                "retry | 'delay': 'PT1H', 'error': {'type': 'busy', 'message': 'x', 'stack': 'y'} | scheduled | a scheduled PT2S",
                "fail | 'error': {} | dead | a dead PT2S",
                "snooze | 'delay': 'PT0S' | scheduled | a snoozed PT2S",
                "release | 'delay': null, 'result': null | ready | a ready PT2S",
            })
    void aReportIsAppliedAndToldOf(String outcome, String more, String state, String told) {
        RemoteWorker.Held held = worker.lease("a");
        worker.clock.advance(RAN);

        ReportAnswer answer = report(held.token(), outcome, more);

        assertThat(answer).isEqualTo(new ReportAnswer(held.token(), "applied", state, null));
        assertThat(worker.job(held).state().wireName()).isEqualTo(state);
        assertThat(worker.told).containsExactly(told);
        assertThat(report(held.token(), outcome, more))
                .isEqualTo(new ReportAnswer(held.token(), "repeated", state, null));
    }

    @Test
    void itsWorkerIsHeardOf() {
        report(worker.lease("a").token(), "success", null);
        report("ls_torn", "success", null);

        assertThat(heard).hasSize(1);
    }

    @Test
    void aReportOfAnotherOutcomeIsLate() {
        RemoteWorker.Held held = worker.lease("a");
        report(held.token(), "success", null);

        assertThat(report(held.token(), "fail", null)).isEqualTo(new ReportAnswer(held.token(), "lost", null, null));
        assertThat(worker.told).last().isEqualTo("a refused");
    }

    @Test
    void aReportOnAnEarlierClaimIsLate() {
        RemoteWorker.Held first = worker.lease("a");
        report(first.token(), "retry", "'delay': 'PT0S'");
        RemoteWorker.Held second = worker.claim(RemoteWorker.QUEUE);

        assertThat(report(first.token(), "success", null).status()).isEqualTo("lost");
        assertThat(worker.job(second).state()).isEqualTo(JobState.RUNNING);
        assertThat(report(second.token(), "success", null).status()).isEqualTo("applied");
    }

    @Test
    void withoutADelayTheBackoffOfTheJobCounts() {
        RemoteWorker.Held held = worker.lease("a");
        report(held.token(), "retry", null);

        assertThat(worker.job(held).status().times().runAt())
                .isEqualTo(worker.clock.instant().plusSeconds(1));
    }

    @Test
    void theLastAttemptIsNotRetried() {
        RemoteWorker.Held held =
                worker.lease(JobDraft.job(RemoteWorker.QUEUE, "a").maxAttempts(1));

        assertThat(report(held.token(), "retry", "'delay': 'PT1S'").state()).isEqualTo("dead");
    }

    @Test
    void noAttemptBeginsAfterTheDeadline() {
        RemoteWorker.Held held = worker.lease(JobDraft.job(RemoteWorker.QUEUE, "a")
                .within(Duration.ofMinutes(1))
                .maxAttempts(RetryPolicy.MOST_ATTEMPTS));

        assertThat(report(held.token(), "retry", "'delay': 'PT2M', 'error': {'message': 'no'}")
                        .state())
                .isEqualTo("dead");
        assertThat(worker.job(held).status().errors().get(0).message()).startsWith("no (the deadline, ");
    }

    @Test
    void oneBadReportAmongTwoHundredTouchesNoOther() {
        List<RemoteWorker.Held> held =
                IntStream.range(0, 200).mapToObj(n -> worker.lease("job-" + n)).toList();
        List<Json> sent = new ArrayList<>(held.stream()
                .map(one -> text(one.token(), "success", "'result': 9007199254740993"))
                .toList());
        sent.set(77, text(held.get(77).token(), "success", "'results': 1"));

        List<ReportAnswer> answers = apply(Caller.UNRESTRICTED, sent);

        assertThat(answers).hasSize(200);
        assertThat(answers.get(77).status()).isEqualTo("invalid");
        assertThat(answers.get(77).problem().type()).endsWith(":unknown-field");
        IntStream.range(0, 200).filter(n -> n != 77).forEach(n -> {
            assertThat(answers.get(n)).isEqualTo(new ReportAnswer(held.get(n).token(), "applied", "succeeded", null));
            assertThat(worker.job(held.get(n)).status().result()).isEqualTo(new Json("9007199254740993"));
        });
        assertThat(worker.job(held.get(77)).state()).isEqualTo(JobState.RUNNING);
        assertThat(worker.leases.settles).hasValue(1);
    }

    @Test
    void reportsOfOneQueueGoInOneCall() {
        QueueName other = new QueueName("mail");
        List<RemoteWorker.Held> held = Stream.of("a", "b", "c", "d")
                .flatMap(id -> Stream.of(worker.lease(id), worker.lease(JobDraft.job(other, id))))
                .toList();

        List<ReportAnswer> answers = apply(
                Caller.UNRESTRICTED,
                held.stream().map(one -> text(one.token(), "fail", null)).toList());

        assertThat(answers).extracting(ReportAnswer::state).containsOnly("dead").hasSize(8);
        assertThat(worker.leases.settles).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'token': '%s', 'outcome': 'succeed'} | invalid-value | outcome",
                "{'token': '%s'} | invalid-value | outcome",
                "{'outcome': 'success'} | invalid-value | token",
                "{'token': 7, 'outcome': 'success'} | wrong-type | token",
                "{'token': '%s', 'outcome': 'success', 'error': {}} | invalid-value | error",
                "{'token': '%s', 'outcome': 'success', 'delay': 'PT1S'} | invalid-value | delay",
                "{'token': '%s', 'outcome': 'fail', 'result': 1} | invalid-value | result",
                "{'token': '%s', 'outcome': 'fail', 'delay': 'PT1S'} | invalid-value | delay",
                "{'token': '%s', 'outcome': 'release', 'error': {}} | invalid-value | error",
                "{'token': '%s', 'outcome': 'snooze'} | invalid-value | delay",
                "{'token': '%s', 'outcome': 'snooze', 'delay': '-PT1S'} | invalid-value | delay",
                "{'token': '%s', 'outcome': 'retry', 'delay': 'P30DT0.001S'} | invalid-value | delay",
                "{'token': '%s', 'outcome': 'retry', 'delay': 'soon'} | invalid-value | delay",
                "{'token': '%s', 'outcome': 'retry', 'error': {'type': ''}} | invalid-value | error.type",
                "{'token': '%s', 'outcome': 'retry', 'error': {'code': 1}} | unknown-field | error.code",
                "{'token': '%s', 'outcome': 'success', 'extra': 1} | unknown-field | extra",
                "3 | wrong-type |",
                "null | wrong-type |",
                "{'token': 'ls_none', 'outcome': 'success'} | invalid-token |",
            })
    void aReportThatIsBadChangesNothing(String text, String slug, String field) {
        RemoteWorker.Held held = worker.lease("a");
        Json sent = new Json(text.formatted(held.token()).replace('\'', '"'));

        ReportAnswer answer = apply(Caller.UNRESTRICTED, List.of(sent)).get(0);

        assertThat(answer.status()).isEqualTo("invalid");
        assertThat(answer.problem().type()).isEqualTo("urn:mainstay:problem:" + slug);
        assertThat(answer.problem().field()).isEqualTo(field);
        assertThat(worker.job(held).state()).isEqualTo(JobState.RUNNING);
        assertThat(worker.leases.settles).hasValue(0);
    }

    @Test
    void aResultThatIsTooLargeLeavesTheLeaseToReportAgain() {
        RemoteWorker.Held held = worker.lease("a");

        ReportAnswer answer = report(held.token(), "success", "'result': '" + "x".repeat(1000) + "'");

        assertThat(answer.status()).isEqualTo("invalid");
        assertThat(answer.token()).isEqualTo(held.token());
        assertThat(answer.problem().type()).endsWith(":payload-too-large");
        assertThat(answer.problem().limit()).isEqualTo(RemoteWorker.MOST);
        assertThat(report(held.token(), "success", null).status()).isEqualTo("applied");
    }

    @Test
    void aLongErrorIsCut() {
        RemoteWorker.Held held = worker.lease("a");
        report(held.token(), "fail", "'error': {'message': '" + "x".repeat(999) + "😀'}");

        assertThat(worker.job(held).status().errors().get(0).message()).isEqualTo("x".repeat(999));
        assertThat(worker.job(held).status().errors().get(0).type()).isEqualTo("reported");
        assertThat(worker.job(held).status().errors().get(0).worker()).isEqualTo("img-7f9c");
    }

    @Test
    void callersReportOnTheirQueuesOnly() {
        RemoteWorker.Held own = worker.lease("a");
        RemoteWorker.Held foreign = worker.lease(JobDraft.job(new QueueName("mail"), "b"));
        Caller caller = new Caller("c", "c", Set.of(Role.WORKER), new QueuePatterns(List.of("images")), false);

        List<ReportAnswer> answers =
                apply(caller, List.of(text(foreign.token(), "success", null), text(own.token(), "success", null)));

        assertThat(answers.get(0).status()).isEqualTo("invalid");
        assertThat(answers.get(0).problem().missing()).isEqualTo("queue");
        assertThat(answers.get(1).status()).isEqualTo("applied");
        assertThat(worker.job(foreign).state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void aStoreThatIsAwayIsToBeAskedAgain() {
        RemoteWorker.Held held = worker.lease("a");
        worker.leases.away = true;

        ReportAnswer answer = report(held.token(), "success", null);

        assertThat(answer.status()).isEqualTo("unavailable");
        assertThat(answer.problem().type()).endsWith(":store-unavailable");
        assertThat(worker.told).isEmpty();
        worker.leases.away = false;
        assertThat(report(held.token(), "success", null).status()).isEqualTo("applied");
    }

    @Test
    void theSameReportTwiceInARequestIsToldOfOnce() {
        RemoteWorker.Held held = worker.lease("a");
        Json sent = text(held.token(), "success", null);

        assertThat(apply(Caller.UNRESTRICTED, List.of(sent, sent)))
                .extracting(ReportAnswer::status)
                .containsExactly("applied", "repeated");
        assertThat(worker.told).hasSize(1);
    }

    @Test
    void noReportsAreNoWork() {
        assertThat(apply(Caller.UNRESTRICTED, List.of())).isEmpty();
        assertThat(worker.leases.settles).hasValue(0);
    }

    private ReportAnswer report(String token, String outcome, String more) {
        return apply(Caller.UNRESTRICTED, List.of(text(token, outcome, more))).get(0);
    }

    private List<ReportAnswer> apply(Caller caller, List<Json> sent) {
        return reports.apply(caller, sent).await().indefinitely();
    }

    private static Json text(String token, String outcome, String more) {
        String fields = more == null ? "" : ", " + more.replace('\'', '"');
        return new Json("{\"token\": \"%s\", \"outcome\": \"%s\"%s}".formatted(token, outcome, fields));
    }
}
