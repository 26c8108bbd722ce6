package io.mainstay.lease;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** Tokens for tests, and what makes them. */
public final class SomeToken {

    public static final Instant STARTED = Instant.parse("2026-11-28T16:00:00.123Z");

    private SomeToken() {}

    public static LeaseToken of(String queue, String id, Instant deadline) {
        return new LeaseToken(
                new StartedAttempt(
                        new QueueName(queue),
                        new JobId(id),
                        new HandlerName("resize"),
                        2,
                        STARTED.minusMillis(40),
                        STARTED),
                new Lease(new JobId(id), "img-7f9c.2b1c"),
                7,
                Duration.ofSeconds(30),
                new LeaseToken.Terms(10, Duration.ofMillis(1500), Duration.ofMinutes(5), deadline));
    }

    /** Under a secret of its own. */
    public static LeaseTokens tokens() {
        return new LeaseTokens(new SharedSecret(proposal -> Uni.createFrom().item(proposal)));
    }
}
