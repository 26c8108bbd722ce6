package io.mainstay.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * One connection that asks for jobs. A claim whose answer was lost is sent again under the same key, and gets the same jobs. With reports to
 * take along it does not wait for jobs, so that what became of them is known at once.
 */
final class Claimer implements Runnable {

    /** Does what is to be done about the jobs that come. */
    interface JobStarter {
        /** @return whether it is a new one, which takes a slot */
        boolean start(JsonValue job, long receivedAt);
    }

    private static final Logger LOG = System.getLogger(Claimer.class.getName());
    /** Seconds. */
    private static final int WAIT = 20;

    private static final Duration FIRST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);
    /** An empty answer before that was no wait for jobs. */
    private static final Duration EARLY = Duration.ofMillis(500);

    private static final Duration REST_WITHOUT_RIGHTS = Duration.ofSeconds(5);
    private static final int DRAINED_MS = 500;

    private final Backoff failures = new Backoff(FIRST_REST, LONGEST_REST);
    private final Backoff empties = new Backoff(FIRST_REST, LONGEST_REST);
    private final Desk desk;
    private final LeaseCalls calls;
    private final Reporter reporter;
    private final JobStarter starter;
    private final WorkerSettings settings;
    private final Consumer<MainstayException> fatal;
    private int failed;
    private volatile Waiting waiting;

    private record Waiting(String key, int room) {}

    /** @param fatal told of an error that no repetition fixes */
    Claimer(
            Desk desk,
            LeaseCalls calls,
            Reporter reporter,
            JobStarter starter,
            WorkerSettings settings,
            Consumer<MainstayException> fatal) {
        this.desk = desk;
        this.calls = calls;
        this.reporter = reporter;
        this.starter = starter;
        this.settings = settings;
        this.fatal = fatal;
    }

    @Override
    public void run() {
        try {
            for (Desk.Turn turn = next(); turn != null; turn = next()) {
                boolean waits = turn.reports().isEmpty();
                if (waits) {
                    desk.claimWaits();
                }
                try {
                    claim(turn, UUID.randomUUID().toString(), waits);
                } finally {
                    waiting = null;
                    if (waits) {
                        desk.claimReturns();
                    }
                }
            }
        } catch (InterruptedException | UnavailableException e) {
            // The worker ends and did not get an answer in time.
            Thread.currentThread().interrupt();
        }
    }

    private Desk.Turn next() throws InterruptedException {
        return desk.awaitTurn(settings.batch());
    }

    private void claim(Desk.Turn turn, String key, boolean waits) throws InterruptedException {
        // After that its leases are over.
        long giveUpAt = System.nanoTime() + settings.lease().toNanos();
        do {
            Duration rest = failures.next();
            try {
                if (waits) {
                    waiting = new Waiting(key, turn.room());
                }
                long sentAt = System.nanoTime();
                Http.Answer answer =
                        calls.claim(key, turn.room(), turn.reports(), waits && !desk.isClosed() ? WAIT : 0);
                if (!answer.refused()) {
                    failed = answer.body().get("problem").isNull() ? 0 : failed;
                    take(turn, answer.body(), waits && System.nanoTime() - sentAt < EARLY.toNanos());
                    return;
                }
                if (answer.lacksRights()) {
                    rest = REST_WITHOUT_RIGHTS;
                } else if (!answer.triedAgain()) {
                    refused(turn, answer.problem());
                    return;
                }
                rest = answer.retryAfter().orElse(rest);
                logFailure(answer.problem().getMessage());
            } catch (IOException e) {
                logFailure(e.getMessage());
            }
            waiting = null;
            desk.rest(rest);
        } while (System.nanoTime() - giveUpAt < 0 && !desk.isClosed());
        giveBack(turn);
    }

    private void take(Desk.Turn turn, JsonValue answer, boolean early) throws InterruptedException {
        long receivedAt = System.nanoTime();
        int room = turn.room();
        if (!turn.reports().isEmpty()) {
            room -= reporter.settle(turn.reports(), answer);
        }
        int came = 0;
        for (JsonValue job : answer.get("jobs").items()) {
            came++;
            room -= starter.start(job, receivedAt) ? 1 : 0;
        }
        desk.give(room);
        if (answer.get("drain").equals(JsonValue.of(true))) {
            desk.pause(
                    Duration.ofMillis(DRAINED_MS + ThreadLocalRandom.current().nextInt(DRAINED_MS)));
            return;
        }
        if (!answer.get("problem").isNull()) {
            logFailure(new ProblemException(0, answer.get("problem")).getMessage());
            desk.rest(failures.next());
            return;
        }
        failures.reset();
        if (came == 0 && early) {
            desk.rest(empties.next());
        } else {
            empties.reset();
        }
    }

    /** Without reports it is the claim itself that no repetition fixes. */
    private void refused(Desk.Turn turn, ProblemException problem) {
        desk.putBack(turn.reports().stream().map(Report::byItself).toList());
        desk.give(turn.slots());
        if (turn.reports().isEmpty()) {
            fatal.accept(problem);
        }
    }

    private void giveBack(Desk.Turn turn) {
        desk.putBack(turn.reports());
        desk.give(turn.slots());
    }

    /** Ends a wait for jobs without losing one that is on its way. */
    void endWait() {
        Waiting now = waiting;
        if (now == null) {
            return;
        }
        try {
            Http.Answer answer = calls.endClaim(now.key(), now.room());
            answer.body().get("jobs").items().forEach(job -> starter.start(job, System.nanoTime()));
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "a wait for jobs was not ended: {0}", e.getMessage());
        }
    }

    /** The first, the second, the fourth, …: an outage should not fill a log. */
    private void logFailure(String why) {
        if (Integer.bitCount(++failed) == 1) {
            LOG.log(Logger.Level.WARNING, "no jobs can be had ({0} times): {1}", failed, why);
        }
    }
}
