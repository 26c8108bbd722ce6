package io.mainstay.failover.history;

import static io.mainstay.failover.history.Planned.Trait.CANCELLED;
import static io.mainstay.failover.history.Planned.Trait.DEADLINE;
import static io.mainstay.failover.history.Planned.Trait.EXPIRES;
import static io.mainstay.failover.history.Planned.Trait.WATCHED;
import static io.mainstay.failover.history.Rule.ANSWERED;
import static io.mainstay.failover.history.Rule.ATTEMPTS;
import static io.mainstay.failover.history.Rule.ONE_END;
import static io.mainstay.failover.history.Rule.OWN_ANSWER;
import static io.mainstay.failover.history.Rule.REASON_TO_DIE;
import static io.mainstay.failover.history.Seen.JOB;
import static io.mainstay.failover.history.Seen.OTHER;
import static io.mainstay.failover.history.Seen.at;
import static io.mainstay.failover.history.Seen.of;
import static io.mainstay.failover.history.Seen.well;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule: a history that breaks it alone, and the like of it that a fault, or the job itself, excuses. */
class HistoryCheckerTest {

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource
    void wrongHistoryBreaksTheRule(String what, Rule rule, Supplier<Seen> history) {
        assertThat(history.get().broken()).containsExactly(rule);
    }

    static Stream<Arguments> wrongHistoryBreaksTheRule() {
        return Stream.of(
                wrong("acknowledged and gone", ONE_END, () -> of(WATCHED).acknowledged()),
                wrong("acknowledged and never begun", ONE_END, () -> of(WATCHED)
                        .acknowledged()
                        .left("scheduled")),
                wrong("gone, and Redis lost another time", ONE_END, () -> of(WATCHED)
                        .acknowledged()
                        .lost(2, 3)),
                wrong("gone, and only unconfirmed changes were lost", ONE_END, () -> of(WATCHED)
                        .acknowledged()
                        .strike(new Strike.Lost(at(0), at(3), false))),
                wrong("gone with one of two stores, and it was in both", ONE_END, () -> of(WATCHED)
                        .acknowledgedBy("both")
                        .lostOneOfTwo("first", 0, 3)),
                wrong("gone with one of two stores, and it was in the other", ONE_END, () -> of(WATCHED)
                        .acknowledgedBy("second")
                        .lostOneOfTwo("first", 0, 3)),
                wrong("gone, and no store lost data", ONE_END, () -> of(WATCHED)
                        .acknowledgedBy("first")
                        .lostOneOfTwo("", 0, 3)),
                wrong("run again though both stores knew its end", ONE_END, () -> well().lostOneOfTwo("first", 6.5, 9)
                        .run(1, 9, 200)
                        .succeeded(1, 11)),
                wrong("ended twice", ONE_END, () -> well().succeeded(1, 7)),
                wrong("begun after its end", ONE_END, () -> well().run(1, 6, 200)
                        .killed(4)),
                wrong("begun though it was cancelled before", ONE_END, () -> of(WATCHED, CANCELLED)
                        .acknowledged()
                        .end("cancelled", 0, 5, "")
                        .run(1, 6, 200)
                        .killed(4)),
                wrong("cancelled while both stores were there, and run", ONE_END, () -> of(WATCHED, CANCELLED)
                        .acknowledged()
                        .cancelled(1, 2)
                        .oneAway(3, 9)
                        .end("cancelled", 0, 3, "")
                        .run(1, 4, 200)
                        .succeeded(1, 6)),
                wrong("cancelled after it succeeded, while both stores were there", ONE_END, () -> of(
                                WATCHED, CANCELLED)
                        .acknowledged()
                        .cancelled(1, 2)
                        .oneAway(3, 9)
                        .run(1, 4, 200)
                        .succeeded(1, 6)
                        .end("cancelled", 1, 7, "")),
                wrong("run again after it succeeded, with one store away", ONE_END, () -> well().cancelled(1, 2)
                        .oneAway(0, 9)
                        .succeeded(1, 7)),
                wrong("two attempts that no handler saw, and one takeover", ATTEMPTS, () -> of(WATCHED)
                        .acknowledged()
                        .lostOneOfTwo("", 0, 2)
                        .run(3, 3, 200)
                        .succeeded(3, 5)),
                wrong("a caller heard of another end", ONE_END, () -> well().call(
                                1, 2, new Call.Answer(200, JOB, "cancelled"))),
                wrong("dead of nothing", REASON_TO_DIE, () -> of().acknowledged()
                        .end("dead", 1, 5, "")),
                wrong("dead of two lost attempts for one kill", REASON_TO_DIE, () -> of().acknowledged()
                        .killed(2)
                        .end("dead", 2, 5, "", "1:lease-expired", "2:lease-expired")),
                wrong("dead though nobody began it", REASON_TO_DIE, () -> of().acknowledged()
                        .end("dead", 3, 5, "", "1:lease-expired", "2:lease-expired", "3:lease-expired")),
                wrong("dead of a lease, and Redis lost another time", REASON_TO_DIE, () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .lost(4.5, 5.5)
                        .end("dead", 1, 8, "", "1:lease-expired")),
                wrong(
                        "dead of a lease, and Redis lost what was known of another attempt",
                        REASON_TO_DIE,
                        () -> of(WATCHED)
                                .acknowledged()
                                .run(1, 2, 500)
                                .run(2, 5, 500)
                                .lost(2.5, 4)
                                .end("dead", 2, 12, "", "1:http-500", "2:lease-expired")),
                wrong("dead of a lease that ended after the link was well again", REASON_TO_DIE, () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .throttled(1, 5.5)
                        .end("dead", 1, 8, "", "1:lease-expired")),
                wrong("dead of a lease while the link was slow at another time", REASON_TO_DIE, () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .throttled(5, 11)
                        .end("dead", 1, 8, "", "1:lease-expired")),
                wrong("dead of expiry without one", REASON_TO_DIE, () -> of(DEADLINE)
                        .acknowledged()
                        .end("dead", 0, 5, "", "0:expired")),
                wrong("dead of a deadline without one", REASON_TO_DIE, () -> of(EXPIRES)
                        .acknowledged()
                        .end("dead", 0, 5, "", "0:deadline")),
                wrong("dead as unreadable", REASON_TO_DIE, () -> of().acknowledged()
                        .end("dead", 1, 5, "", "1:unreadable")),
                wrong("cancelled by nobody", REASON_TO_DIE, () -> of().acknowledged()
                        .end("cancelled", 0, 5, "")),
                wrong(
                        "an attempt that no handler saw",
                        ATTEMPTS,
                        () -> of(WATCHED).acknowledged().run(2, 3, 200).end("succeeded", 2, 5, "", "1:lease-expired")),
                wrong("two unseen attempts for one kill", ATTEMPTS, () -> of(WATCHED)
                        .acknowledged()
                        .killed(2)
                        .run(3, 4, 200)
                        .end("succeeded", 3, 6, "", "1:lease-expired", "2:lease-expired")),
                wrong("an instance was killed at another time", ATTEMPTS, () -> of(WATCHED)
                        .acknowledged()
                        .killed(9)
                        .run(2, 3, 200)
                        .end("succeeded", 2, 5, "", "1:lease-expired")),
                wrong("an attempt before it was cancelled that no handler saw", ATTEMPTS, () -> of(WATCHED, CANCELLED)
                        .acknowledged()
                        .end("cancelled", 2, 5, "", "1:lease-expired")),
                wrong("an attempt that is not counted", ATTEMPTS, () -> well().run(2, 3, 200)),
                wrong("an attempt begun though both stores were there when it was cancelled", ATTEMPTS, () -> of(
                                WATCHED, CANCELLED)
                        .acknowledged()
                        .cancelled(1, 2)
                        .oneAway(3, 9)
                        .run(1, 1, 200)
                        .end("cancelled", 0, 3, "")),
                wrong("an attempt begun twice", ATTEMPTS, () -> well().run(1, 3, 200)),
                wrong(
                        "succeeded by the answer to another",
                        OWN_ANSWER,
                        () -> of(WATCHED).acknowledged().run(1, 2, 500).succeeded(1, 5)),
                wrong("succeeded by the answer to another attempt", OWN_ANSWER, () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 200)
                        .run(2, 3, 503)
                        .end("succeeded", 2, 5, "", "1:http-connection")),
                wrong(
                        "failed by what its handler did not say",
                        OWN_ANSWER,
                        () -> of(WATCHED).acknowledged().run(1, 2, 200).end("dead", 1, 5, "", "1:http-102")),
                wrong(
                        "the result of another",
                        OWN_ANSWER,
                        () -> of(WATCHED).acknowledged().run(1, 2, 200).end("succeeded", 1, 5, OTHER)),
                wrong("the request of another", OWN_ANSWER, () -> of(WATCHED)
                        .acknowledged()
                        .run(new Run(JOB, 1, at(2), at(3), 200, OTHER))
                        .succeeded(1, 5)),
                wrong("a caller got another job", OWN_ANSWER, () -> well().call(1, 2, new Call.Answer(200, OTHER, ""))),
                wrong("a job that nobody asked for", OWN_ANSWER, () -> well().run(
                                new Run(OTHER, 1, at(2), at(3), 200, ""))),
                wrong("no answer", ANSWERED, () -> well().call(0, 9, new Call.Answer(Call.Answer.NONE))),
                wrong("no connection", ANSWERED, () -> well().call(0, 9, new Call.Answer(Call.Answer.REFUSED))),
                wrong("answered with 500", ANSWERED, () -> well().call(0, 9, new Call.Answer(500))
                        .killed(5)),
                wrong("killed long after", ANSWERED, () -> well().call(0, 3, new Call.Answer(Call.Answer.NONE))
                        .killed(4)),
                wrong("ended without an answer", ANSWERED, () -> well().call(0, 9, new Call.Answer(Call.Answer.NONE))
                        .ended(5, 9)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rightHistoryBreaksNone(String what, Supplier<Seen> history) {
        assertThat(history.get().verdict().violations()).isEmpty();
    }

    static Stream<Arguments> rightHistoryBreaksNone() {
        return Stream.of(
                right("all well", Seen::well),
                right("seen twice", () -> well().end("succeeded", 1, 5, "")),
                right("not acknowledged and not there", () -> of(WATCHED).call(0, 1, new Call.Answer(503))),
                right(
                        "gone with a span that Redis lost",
                        () -> of(WATCHED).acknowledged().lost(0.5, 3)),
                right(
                        "run again since Redis lost its end",
                        () -> well().lost(0, 6).run(1, 7, 200).succeeded(1, 9)),
                right(
                        "gone with the store that alone had it",
                        () -> of(WATCHED).acknowledgedBy("first").lostOneOfTwo("first", 0.5, 3)),
                right(
                        "run again since the other store did not know its end",
                        () -> well().lostOneOfTwo("", 4, 9).run(1, 7, 200).succeeded(1, 9)),
                right("cancelled in one store while the other was away, and run there", () -> of(WATCHED, CANCELLED)
                        .acknowledged()
                        .cancelled(1, 2)
                        .oneAway(0, 3)
                        .end("cancelled", 0, 3, "")
                        .run(1, 4, 200)
                        .succeeded(1, 6)),
                right("run in the owner while its copy was cancelled, which was seen later", () -> of(
                                WATCHED, CANCELLED)
                        .acknowledged()
                        .cancelled(1, 2)
                        .oneAway(0, 3)
                        .run(1, 2, 200)
                        .succeeded(1, 4)
                        .end("cancelled", 0, 5, "")),
                right("begun in the owner while its copy was cancelled", () -> of(WATCHED, CANCELLED)
                        .acknowledged()
                        .cancelled(1, 2)
                        .oneAway(0, 3)
                        .run(1, 2, 200)
                        .end("cancelled", 0, 3, "")),
                right("claimed in the owner while the other store took over", () -> of(WATCHED)
                        .acknowledged()
                        .lostOneOfTwo("", 0, 2)
                        .run(2, 3, 200)
                        .succeeded(2, 5)),
                right("failed by its handler", () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .run(2, 4, 500)
                        .end("dead", 2, 6, "", "1:http-500", "2:http-500")),
                right("expired", () -> of(WATCHED, EXPIRES).acknowledged().end("dead", 0, 5, "", "0:expired")),
                right("too late", () -> of(WATCHED, DEADLINE).acknowledged().end("dead", 0, 5, "", "0:deadline")),
                right("cancelled", () -> of(WATCHED, CANCELLED).acknowledged().end("cancelled", 0, 5, "")),
                right("an attempt went with its instance", () -> of(WATCHED)
                        .acknowledged()
                        .killed(2)
                        .run(2, 3, 200)
                        .end("succeeded", 2, 5, "", "1:lease-expired")),
                right("an attempt was given back", () -> well().ended(1, 3).run(1, 3, 200)),
                right("an attempt was taken back", () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 200)
                        .run(1, 3, 200)
                        .returned(1)
                        .succeeded(1, 5)),
                right("no connection to its handler", () -> of(WATCHED)
                        .acknowledged()
                        .run(2, 3, 200)
                        .end("succeeded", 2, 5, "", "1:http-connection")),
                right(
                        "cancelled before its handler was asked",
                        () -> of(WATCHED, CANCELLED).acknowledged().end("cancelled", 1, 5, "")),
                right("cancelled between its claim and its handler", () -> of(WATCHED, CANCELLED)
                        .acknowledged()
                        .end("cancelled", 1, 5, "")
                        .run(1, 6, 200)),
                right("its last attempt went with its instance", () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .run(2, 4, 200)
                        .killed(4.5)
                        .end("dead", 2, 6, "", "1:http-500", "2:lease-expired")),
                right("Redis lost what became of its last attempt", () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .run(2, 4, 500)
                        .lost(4.5, 6)
                        .end("dead", 2, 12, "", "1:http-500", "2:lease-expired")),
                right(
                        "Redis lost the report of its last attempt, which came after the handler was done",
                        () -> of(WATCHED)
                                .acknowledged()
                                .run(1, 2, 500)
                                .run(2, 4, 500)
                                .lost(5.5, 6)
                                .end("dead", 2, 12, "", "1:http-500", "2:lease-expired")),
                right("the report of its last attempt took longer than its lease on a slow link", () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .throttled(1.5, 7.5)
                        .end("dead", 1, 8, "", "1:lease-expired")),
                right("a slow link that was well again just before the lease ended", () -> of(WATCHED)
                        .acknowledged()
                        .run(1, 2, 500)
                        .throttled(3.4, 7.2)
                        .end("dead", 1, 8, "", "1:lease-expired")),
                right("too late after an attempt that nobody received", () -> of(WATCHED, DEADLINE)
                        .acknowledged()
                        .returned(1)
                        .end("dead", 0, 12, "", "1:not-received", "0:deadline")),
                right("too late after an attempt whose worker could not say that it had it", () -> of(WATCHED, DEADLINE)
                        .acknowledged()
                        .run(1, 2, 500)
                        .returned(1)
                        .end("dead", 0, 12, "", "1:not-received", "0:deadline")),
                right("not watched", () -> of().acknowledged().end("succeeded", 2, 5, "", "1:lease-expired")),
                right("killed before it answered", () -> well().call(0, 3, new Call.Answer(Call.Answer.NONE))
                        .killed(2)),
                right("sent to one that ends", () -> well().call(5, 6, new Call.Answer(Call.Answer.REFUSED))
                        .ended(5, 9)));
    }

    @Test
    void jobsThatWentWithRedisAreCounted() {
        HistoryChecker.Verdict verdict = of(WATCHED).acknowledged().lost(0.5, 3).verdict();

        assertThat(verdict.acknowledged()).isEqualTo(1);
        assertThat(verdict.excused()).isEqualTo(1);
        assertThat(well().lost(0.5, 3).verdict().excused()).isZero();
    }

    @Test
    void aViolationNamesJobAndRule() {
        assertThat(of(WATCHED).acknowledged().left("running").verdict().violations())
                .hasToString("[ONE_END j1: acknowledged, and still running]");
    }

    private static Arguments wrong(String what, Rule rule, Supplier<Seen> history) {
        return Arguments.of(what, rule, history);
    }

    private static Arguments right(String what, Supplier<Seen> history) {
        return Arguments.of(what, history);
    }
}
