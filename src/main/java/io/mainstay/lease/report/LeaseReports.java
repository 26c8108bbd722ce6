package io.mainstay.lease.report;

import io.mainstay.job.Json;
import io.mainstay.job.MainstayException;
import io.mainstay.job.PayloadTooLargeException;
import io.mainstay.job.QueueName;
import io.mainstay.lease.LeaseToken;
import io.mainstay.lease.LeaseTokens;
import io.mainstay.lease.SignedText;
import io.mainstay.queue.Settled;
import io.mainstay.queue.StoreClock;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.rest.MalformedRequestException;
import io.mainstay.rest.Problem;
import io.mainstay.rest.Problems;
import io.mainstay.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies reports of remote workers: those of a queue in one call to the store, without reading the jobs, because the tokens
 * have what is needed. A bad report does not affect the others. Every report may be sent again. Thread-safe.
 */
@Singleton
public final class LeaseReports {

    /** Most reports of a request. */
    public static final int MOST = 200;

    private final LeaseTokens tokens;
    private final StoreClock clock;
    private final RemoteSettlements settlements;
    private final WorkerContacts contacts;

    /** @param place among the reports of its request */
    private record Placed(int place, Report report) {}

    private record Proven(int place, Report report, LeaseToken token) {}

    LeaseReports(LeaseTokens tokens, StoreClock clock, RemoteSettlements settlements, WorkerContacts contacts) {
        this.tokens = tokens;
        this.clock = clock;
        this.settlements = settlements;
        this.contacts = contacts;
    }

    /**
     * Never fails.
     *
     * @param caller who sent them, and has the role of a worker; the queues of the tokens are looked at here
     * @param texts the reports as they came, {@value #MOST} at most
     * @return one answer for each, in their order
     */
    public Uni<List<ReportAnswer>> apply(Caller caller, List<Json> texts) {
        ReportAnswer[] answers = new ReportAnswer[texts.size()];
        List<Placed> reports = new ArrayList<>(texts.size());
        for (int place = 0; place < texts.size(); place++) {
            try {
                byte[] text = texts.get(place).text().getBytes(StandardCharsets.UTF_8);
                reports.add(new Placed(place, Report.read(text)));
            } catch (MalformedRequestException malformed) {
                answers[place] = ReportAnswer.invalid(null, Problems.of(malformed));
            } catch (MainstayException invalid) {
                answers[place] = ReportAnswer.invalid(null, Problems.of(invalid));
            } catch (IOException unreadable) {
                answers[place] =
                        ReportAnswer.invalid(null, Problem.of("malformed-json", 400, "the report cannot be read"));
            }
        }
        return apply(caller, reports, answers).replaceWith(() -> Arrays.asList(answers));
    }

    /** One report by itself. */
    Uni<ReportAnswer> apply(Caller caller, Report report) {
        ReportAnswer[] answers = new ReportAnswer[1];
        return apply(caller, List.of(new Placed(0, report)), answers).replaceWith(() -> answers[0]);
    }

    private Uni<Void> apply(Caller caller, List<Placed> reports, ReportAnswer[] answers) {
        if (reports.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<String> texts =
                reports.stream().map(placed -> placed.report().token()).toList();
        return tokens.parse(texts)
                .flatMap(parsed -> Uni.join()
                        .all(byQueue(caller, reports, parsed, answers).entrySet().stream()
                                .map(each -> settle(each.getKey(), each.getValue(), answers))
                                .toList())
                        .andFailFast()
                        .replaceWithVoid())
                .onFailure()
                .recoverWithItem(failure -> {
                    reports.stream()
                            .filter(placed -> answers[placed.place()] == null)
                            .forEach(placed -> answers[placed.place()] = unavailable(placed.report(), failure));
                    return null;
                });
    }

    /** Those that may be applied; the others are answered. */
    private Map<QueueName, List<Proven>> byQueue(
            Caller caller, List<Placed> reports, List<Optional<LeaseToken>> tokens, ReportAnswer[] answers) {
        Map<QueueName, List<Proven>> byQueue = new LinkedHashMap<>();
        for (int i = 0; i < reports.size(); i++) {
            Report report = reports.get(i).report();
            int place = reports.get(i).place();
            Optional<LeaseToken> token = tokens.get(i);
            if (token.isEmpty()) {
                answers[place] = ReportAnswer.invalid(shown(report), LeaseProblems.invalidToken());
                continue;
            }
            QueueName queue = token.get().attempt().queue();
            try {
                ForbiddenException.checkQueue(caller, queue.logical().value());
                token.get().worker().ifPresent(contacts::heard);
                byQueue.computeIfAbsent(queue, unknown -> new ArrayList<>())
                        .add(new Proven(place, report, token.get()));
            } catch (ForbiddenException forbidden) {
                answers[place] = ReportAnswer.invalid(shown(report), Problems.of(forbidden));
            }
        }
        return byQueue;
    }

    private Uni<Void> settle(QueueName queue, List<Proven> reports, ReportAnswer[] answers) {
        return clock.now(queue)
                .flatMap(now -> settle(queue, reports, answers, now))
                .onFailure()
                .recoverWithItem(failure -> {
                    reports.stream()
                            .filter(proven -> answers[proven.place()] == null)
                            .forEach(proven -> answers[proven.place()] = unavailable(proven.report(), failure));
                    return null;
                });
    }

    private Uni<Void> settle(QueueName queue, List<Proven> reports, ReportAnswer[] answers, Instant now) {
        List<Proven> asked = new ArrayList<>(reports.size());
        List<RemoteSettlements.Ended> ended = new ArrayList<>(reports.size());
        Set<String> seen = new HashSet<>();
        for (Proven proven : reports) {
            Report report = proven.report();
            try {
                var settlement = settlements.of(new TokenAttempt(proven.token(), now), report.outcome(), report.body());
                boolean again = !seen.add(report.outcome() + report.token());
                ended.add(new RemoteSettlements.Ended(proven.token().attempt(), settlement, again));
                asked.add(proven);
            } catch (PayloadTooLargeException tooLarge) {
                answers[proven.place()] = ReportAnswer.invalid(report.token(), Problems.ofResult(tooLarge));
            }
        }
        return settlements
                .settle(queue, ended, now)
                .invoke(settled -> {
                    for (int i = 0; i < asked.size(); i++) {
                        String token = asked.get(i).report().token();
                        answers[asked.get(i).place()] = settled.get(i) instanceof Settled.Applied applied
                                ? ReportAnswer.applied(token, applied)
                                : ReportAnswer.lost(token);
                    }
                })
                .replaceWithVoid();
    }

    private static ReportAnswer unavailable(Report report, Throwable failure) {
        return ReportAnswer.unavailable(shown(report), LeaseProblems.of(failure));
    }

    private static String shown(Report report) {
        return report.token().length() > SignedText.LONGEST ? null : report.token();
    }
}
