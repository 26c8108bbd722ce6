package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.Served;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Claims by somebody who serves all handlers that tests have jobs of, unless they say otherwise. */
public final class SomeClaim {

    public static final Set<HandlerName> HANDLERS = handlers(
            "echo",
            "mail",
            "noop",
            "slow",
            "other",
            "http",
            "h",
            "a",
            "b",
            "Mail.v2_x-y",
            "waiting",
            "api-test",
            "welcome-mail",
            "canary",
            "paused");

    private SomeClaim() {}

    public static ClaimRequest of(QueueName queue, String claimant, String token, int max, Duration lease) {
        return new ClaimRequest(queue, claimant, token, max, lease, Served.of(HANDLERS));
    }

    public static ClaimRequest of(QueueName queue, String claimant, String token, int max, int bytes, Duration lease) {
        return new ClaimRequest(queue, claimant, token, max, bytes, lease, Served.of(HANDLERS));
    }

    public static Set<HandlerName> handlers(String... names) {
        return Stream.of(names).map(HandlerName::new).collect(Collectors.toSet());
    }
}
