package io.mainstay.stores.second;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Critical;
import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyChanges;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** A queue may be critical only where there is a second store, and stays so while that has jobs of it that have not ended. */
public final class CriticalPolicyChanges implements PolicyChanges {

    private final PolicyChanges changes;
    private final Policies policies;
    private final Optional<JobStore> second;

    /** @param second empty if there is none */
    public CriticalPolicyChanges(PolicyChanges changes, Policies policies, Optional<JobStore> second) {
        this.changes = changes;
        this.policies = policies;
        this.second = second;
    }

    @Override
    public Uni<StoredPolicy> put(QueueName queue, QueuePolicy policy) {
        if (policy.critical() == Critical.NONE) {
            return unlessInSecond(queue).chain(() -> changes.put(queue, policy));
        }
        if (second.isEmpty()) {
            throw new InvalidValueException(
                    "critical",
                    policy.critical().wireName(),
                    "left out, because there is no second store (mainstay.stores.second.hosts)");
        }
        return policies.refresh().chain(() -> {
            refuseIfMirrored(queue, policy.critical());
            return changes.put(queue, policy);
        });
    }

    @Override
    public Uni<Void> remove(QueueName queue) {
        return unlessInSecond(queue).chain(() -> changes.remove(queue));
    }

    /** Which of the two stores has what is known to both, and nobody would go on with it. */
    private void refuseIfMirrored(QueueName queue, Critical wanted) {
        StoredPolicy now = policies.of(queue);
        if (now != null && now.policy().critical() == Critical.MIRRORED && wanted != Critical.MIRRORED) {
            throw new InvalidValueException("critical", wanted.wireName(), "mirrored, which a queue stays");
        }
    }

    private Uni<Void> unlessInSecond(QueueName queue) {
        if (second.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return policies.refresh().chain(() -> {
            refuseIfMirrored(queue, Critical.NONE);
            StoredPolicy policy = policies.of(queue);
            if (policy == null || policy.policy().critical() == Critical.NONE) {
                return Uni.createFrom().voidItem();
            }
            return second.get().figures(List.of(queue.inSecondStore())).map(figures -> {
                long left = figures.get(0).counts().entrySet().stream()
                        .filter(state -> !state.getKey().ended())
                        .mapToLong(state -> state.getValue())
                        .sum();
                if (left > 0) {
                    throw QueueConflictException.notEmpty(
                            queue, left + " jobs in the second store that have not ended");
                }
                return null;
            });
        });
    }
}
