package io.mainstay.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sends the reports that no claim takes along, and takes in what became of any. {@link #settle} is thread-safe. */
final class Reporter implements Runnable {

    private static final Logger LOG = System.getLogger(Reporter.class.getName());
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Set<String> TOO_LARGE = Set.of("payload-too-large", "body-too-large");

    private final Backoff backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
    private int failed;
    private final Desk desk;
    private final LeaseCalls calls;
    private final NoteSender notes;
    private final RunningJobs running;

    Reporter(Desk desk, LeaseCalls calls, NoteSender notes, RunningJobs running) {
        this.desk = desk;
        this.calls = calls;
        this.notes = notes;
        this.running = running;
    }

    @Override
    public void run() {
        try {
            for (List<Report> some = desk.awaitReports(); some != null; some = desk.awaitReports()) {
                List<Report> timely = dropLate(some);
                if (!timely.isEmpty()) {
                    send(timely);
                }
            }
        } catch (InterruptedException e) {
            // The worker has no more time for what is left.
            Thread.currentThread().interrupt();
        }
    }

    private void send(List<Report> reports) throws InterruptedException {
        try {
            notes.sendAll(reports.stream().map(Report::attempt).toList());
            Http.Answer answer = calls.report(reports);
            if (answer.refused() && !answer.mayFareBetter()) {
                refused(reports, answer.problem());
                return;
            }
            if (answer.refused()) {
                throw new IOException(answer.problem().getMessage());
            }
            int kept = settle(reports, answer.body());
            desk.give(reports.size() - kept);
            if (kept == 0) {
                failed = 0;
                backoff.reset();
                return;
            }
        } catch (IOException | UnavailableException e) {
            if (Integer.bitCount(++failed) == 1) {
                LOG.log(Logger.Level.WARNING, "reports have to wait ({0} times): {1}", failed, e.getMessage());
            }
            desk.putBack(reports);
        }
        Thread.sleep(backoff.next().toMillis());
    }

    /** One of them is to blame, which they find out one by one. */
    private void refused(List<Report> reports, ProblemException problem) {
        if (reports.size() > 1) {
            desk.putBack(reports.stream().map(Report::byItself).toList());
            return;
        }
        LOG.log(
                Logger.Level.WARNING,
                "report on {0} is refused: {1}",
                reports.get(0).attempt().job().id(),
                problem.getMessage());
        if (!again(reports.get(0), problem.type(), problem.getMessage())) {
            desk.give(1);
        }
    }

    /** A report is worth sending until its lease ends; the service would refuse it then. */
    private List<Report> dropLate(List<Report> reports) {
        List<Report> timely = new ArrayList<>();
        long now = System.nanoTime();
        for (Report report : reports) {
            if (report.attempt().leaseOver(now)) {
                LOG.log(
                        Logger.Level.WARNING,
                        "report on {0} came too late",
                        report.attempt().job().id());
                forget(report);
                desk.give(1);
            } else {
                timely.add(report);
            }
        }
        return timely;
    }

    /**
     * Takes in the answers to reports.
     *
     * @return how many reports were put back, to be sent again
     */
    int settle(List<Report> reports, JsonValue answer) {
        List<JsonValue> answers = answer.get("reports").items();
        int kept = 0;
        for (int i = 0; i < reports.size(); i++) {
            JsonValue own = i < answers.size() ? answers.get(i) : JsonValue.NULL;
            kept += settle(reports.get(i), own) ? 0 : 1;
        }
        return kept;
    }

    /** @return whether it is settled */
    private boolean settle(Report report, JsonValue answer) {
        String status = answer.get("status").asString("unavailable");
        String id = report.attempt().job().id();
        switch (status) {
            case "applied", "repeated" -> forget(report);
            case "unavailable" -> {
                desk.putBack(List.of(report));
                return false;
            }
            case "invalid" -> {
                String type = ProblemException.typeOf(answer.get("problem"));
                String detail = answer.get("problem").get("detail").asString(type);
                LOG.log(Logger.Level.WARNING, "report on {0} is refused: {1}", id, detail);
                return !again(report, type, detail);
            }
            default -> {
                LOG.log(Logger.Level.INFO, "report on {0} changed nothing: {1}", id, status);
                forget(report);
            }
        }
        return true;
    }

    /** Reports instead of what the handler wanted that it cannot be, so that the job does not run on without end. */
    private boolean again(Report report, String type, String detail) {
        if (report.outcome() instanceof Outcome.Success
                || report.outcome() instanceof Outcome.Snooze
                || report.outcome() instanceof Outcome.Retry retry
                        && retry.after().isPresent()) {
            boolean tooLarge = TOO_LARGE.contains(type);
            Outcome instead =
                    tooLarge ? Outcome.fail("result-too-large", detail) : Outcome.retry("invalid-report", detail);
            desk.add(Report.of(report.attempt(), instead));
            return true;
        }
        forget(report);
        return false;
    }

    private void forget(Report report) {
        running.remove(report.attempt());
    }
}
