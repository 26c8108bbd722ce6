package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.mainstay.policy.Policies;
import io.mainstay.policy.StoredPolicy;
import java.util.List;

/** {@link CriticalQueues} as policies say. */
public record PolicyQueues(Policies policies) implements CriticalQueues {

    @Override
    public boolean has(QueueName queue) {
        StoredPolicy policy = queue.isPlace() ? null : policies.of(queue);
        return policy != null && policy.inTwoStores();
    }

    @Override
    public List<QueueName> all() {
        return policies.all().stream()
                .filter(StoredPolicy::inTwoStores)
                .map(StoredPolicy::queue)
                .toList();
    }
}
