package io.mainstay.client;

import java.io.IOException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends what attempts say of themselves, one call at a time, so that all of it is there before the report on its attempt. Thread-safe. */
final class NoteSender {

    private static final Logger LOG = System.getLogger(NoteSender.class.getName());
    private static final int MOST_LEASES = 1000;

    private final LeaseCalls calls;
    private final RunningJobs running;

    private record Sending(Attempt attempt, Notes.Batch batch) {}

    NoteSender(LeaseCalls calls, RunningJobs running) {
        this.calls = calls;
        this.running = running;
    }

    /** Sends all that attempts left unsaid which are over. @throws IOException if the service did not take it; it is kept */
    synchronized void sendAll(Collection<Attempt> attempts) throws IOException {
        while (attempts.stream().anyMatch(attempt -> !attempt.notes().isEmpty())) {
            send(attempts);
        }
    }

    /** Sends what attempts have not said yet, as much as goes into one call. @throws IOException as above */
    synchronized void send(Collection<Attempt> attempts) throws IOException {
        List<Sending> sent = new ArrayList<>();
        for (Attempt attempt : attempts) {
            if (sent.size() < MOST_LEASES) {
                attempt.notes().take().ifPresent(batch -> sent.add(new Sending(attempt, batch)));
            }
        }
        if (sent.isEmpty()) {
            return;
        }
        boolean taken = false;
        try {
            long sentAt = System.nanoTime();
            Http.Answer answer =
                    calls.extend(sent.stream().map(NoteSender::lease).toList());
            if (answer.triedAgain()) {
                throw new IOException(answer.problem().getMessage());
            }
            taken = true;
            if (answer.refused()) {
                LOG.log(
                        Logger.Level.WARNING,
                        "progress and log lines are lost: {0}",
                        answer.problem().getMessage());
            } else {
                running.extended(answer.body(), sentAt, System.nanoTime());
            }
        } finally {
            if (!taken) {
                sent.forEach(sending -> sending.attempt().notes().putBack(sending.batch()));
            }
        }
    }

    private static Map<String, Object> lease(Sending sending) {
        Map<String, Object> lease = new LinkedHashMap<>();
        lease.put("token", sending.attempt().token());
        sending.batch().addTo(lease);
        return lease;
    }
}
