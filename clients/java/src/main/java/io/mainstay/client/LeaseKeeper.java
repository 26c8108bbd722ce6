package io.mainstay.client;

import java.lang.System.Logger;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the leases of running jobs, by one call that waits: it makes all of them longer at once, and is answered as soon as one of them is
 * cancelled or lost. Jobs that began since are not in it, so the call is replaced when they have run for a moment; most jobs
 * end before. Stops attempts whose leases are over, be it that the service is away.
 */
final class LeaseKeeper implements Runnable {

    private static final Logger LOG = System.getLogger(LeaseKeeper.class.getName());
    private static final Duration LOOK = Duration.ofMillis(50);
    /** From then on a job is watched, and so often at most the call is replaced. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private static final Duration FIRST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST_WAIT = 20;

    private final Backoff failures = new Backoff(FIRST_REST, LONGEST_REST);
    private final Http http;
    private final RunningJobs running;
    private final WorkerSettings settings;
    private final Desk desk;
    private final Duration third;
    /** Seconds; 0 if leases are too short to wait. */
    private final int wait;
    /** Beyond the wait; a connection through which nothing arrives any more must not cost the leases. */
    private final Duration limit;

    private Watch watch;
    private long nextAt = System.nanoTime();
    private boolean stopped;

    private record Watch(CompletableFuture<HttpResponse<String>> answer, Set<String> tokens, long sentAt) {}

    LeaseKeeper(Http http, RunningJobs running, WorkerSettings settings, Desk desk) {
        this.http = http;
        this.running = running;
        this.settings = settings;
        this.desk = desk;
        this.third = settings.lease().dividedBy(3);
        this.wait = (int) Math.min(LONGEST_WAIT, third.toSeconds());
        this.limit = third.compareTo(LONGEST_LIMIT) < 0 ? third : LONGEST_LIMIT;
    }

    @Override
    public synchronized void run() {
        try {
            while (!stopped) {
                step(System.nanoTime());
                wait(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (watch != null) {
            watch.answer().cancel(true);
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void step(long now) {
        if (watch != null && watch.answer().isDone()) {
            takeIn(watch, now);
            watch = null;
        }
        running.stopOver(now);
        Collection<Attempt> all = running.all();
        if (now - nextAt >= 0 && all.stream().anyMatch(attempt -> unwatched(attempt, now))) {
            if (watch != null) {
                watch.answer().cancel(true);
            }
            send(List.copyOf(all), now);
        }
    }

    private boolean unwatched(Attempt attempt, long now) {
        return now - attempt.receivedAt() >= MOMENT.toNanos()
                && (watch == null || !watch.tokens().contains(attempt.token()));
    }

    private void send(List<Attempt> attempts, long now) {
        Set<String> tokens = new HashSet<>();
        attempts.forEach(attempt -> tokens.add(attempt.token()));
        List<Map<String, Object>> leases = tokens.stream()
                .map(token -> Map.<String, Object>of("token", token))
                .toList();
        String body = LeaseCalls.extendBody(settings.name(), leases);
        watch = new Watch(http.send(LeaseCalls.extendRequest(body, wait, limit)), tokens, now);
        watch.answer().whenComplete((answer, failure) -> wake());
        nextAt = now + MOMENT.toNanos();
    }

    private void takeIn(Watch done, long now) {
        try {
            Http.Answer answer = Http.read(done.answer().join());
            if (answer.refused()) {
                throw answer.problem();
            }
            running.extended(answer.body(), done.sentAt(), now);
            boolean drain = answer.body().get("drain").equals(JsonValue.of(true));
            if (drain) {
                desk.pause(LONGEST_REST);
            }
            failures.reset();
            nextAt = done.sentAt() + (drain || early(done, now) ? pauseAfterEarly(answer.body()) : MOMENT).toNanos();
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "leases could not be extended: {0}", String.valueOf(e.getMessage()));
            nextAt = now + failures.next().toNanos();
        }
    }

    private boolean early(Watch done, long now) {
        return now - done.sentAt() < Duration.ofSeconds(wait).toNanos() * 8 / 10 || wait == 0;
    }

    /** Without news there was no room to wait, so the next call would be answered as soon. */
    private Duration pauseAfterEarly(JsonValue answer) {
        boolean news = answer.get("leases").items().stream()
                .anyMatch(lease -> !lease.get("status").asString("").equals("held"));
        if (news) {
            return MOMENT;
        }
        return third.compareTo(LONGEST_REST) < 0 ? third : LONGEST_REST;
    }
}
