package io.mainstay.worker;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.names.HostName;
import io.mainstay.queue.route.Served;
import io.mainstay.queue.route.TargetLimits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** In whose name this instance claims: never that of another process, past ones included. */
@Singleton
final class WorkerIdentity {

    private static final int MOST_OF_HOST = 16;

    private final JobIds ids;
    private final Duration lease;
    private final Set<HandlerName> handlers;
    private final TargetLimits targets;
    private final HeldHandlers held;
    /** After the host, for people, and unique, for the store. */
    private final String name;
    /** For people; part of every token, see {@link io.mainstay.job.Lease}. */
    private final String host;

    WorkerIdentity(JobIds ids, LeaseConfig lease, HandlerRegistry handlers, TargetLimits targets, HeldHandlers held) {
        this.ids = ids;
        this.handlers = Served.of(handlers.names()).handlers();
        this.targets = targets;
        this.held = held;
        this.lease = lease.duration();
        String hostname = HostName.get();
        this.name = hostname + "-" + ids.nextToken();
        this.host = shortened(hostname);
    }

    /** @param bytes most bytes of jobs that it may bring */
    PendingClaim claim(QueueName queue, int max, int bytes) {
        Optional<HandlerName> probe = queue.isPrivate() ? Optional.empty() : held.probe(queue, handlers);
        int most = probe.isPresent() ? 1 : Math.min(max, ClaimRequest.MOST);
        Served served = probe.map(handler -> new Served(Set.of(handler), targets.room()))
                .orElseGet(() -> served(queue));
        return new PendingClaim(
                new ClaimRequest(queue, name, host + "." + ids.nextToken(), most, bytes, lease, served), probe);
    }

    /** A claim was answered, or is given up. */
    void claimed(PendingClaim claim, int jobs) {
        claim.probe.ifPresent(handler -> held.probed(claim.request.queue(), handler, jobs > 0));
    }

    Set<HandlerName> handlers() {
        return handlers;
    }

    /** Whether jobs of that handler in that queue, of which there are some, are run here and may be claimed now. */
    boolean serves(QueueName queue, HandlerName handler) {
        return queue.isPrivate() || handlers.contains(handler) && held.mayClaim(queue, handler);
    }

    /** Has {@code task} run whenever a target has room again. */
    void onRoom(Runnable task) {
        targets.onRoom(task);
    }

    private Served served(QueueName queue) {
        return queue.isPrivate()
                ? Served.of(Set.of(OwnQueue.HANDLER))
                : new Served(held.claimable(handlers), targets.room());
    }

    /**
     * The end of the host's name, which is what tells pods apart. Short, as each token is kept with each job: Redis packs
     * small hashes only while no value of theirs is longer than 64 bytes, and "release" and a token are one value.
     */
    private static String shortened(String host) {
        String plain = host.replaceAll("[^A-Za-z0-9-]", "-");
        return plain.substring(Math.max(0, plain.length() - MOST_OF_HOST));
    }
}
