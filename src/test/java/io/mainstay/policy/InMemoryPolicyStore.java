package io.mainstay.policy;

import io.mainstay.job.LimitReachedException;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The naive twin of the policies in Redis. */
public final class InMemoryPolicyStore implements PolicyStore {

    private final Clock clock;
    private final Map<QueueName, StoredPolicy> policies = new TreeMap<>();
    private String version = "";
    private long epoch;

    public InMemoryPolicyStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Optional<StoredPolicy>> put(StoredPolicy wanted, boolean begins, String change) {
        return locked(() -> {
            StoredPolicy there = policies.get(wanted.queue());
            if (there != null && there.revision().equals(change)) {
                return Optional.of(there);
            }
            if (!(there == null ? NONE : there.revision()).equals(wanted.revision())) {
                return Optional.empty();
            }
            if (there == null && policies.size() >= MOST) {
                throw new LimitReachedException("too-many-policies", 409, "there are as many as may be");
            }
            long before = there == null ? 0 : there.layout().epoch();
            if (begins) {
                epoch = Math.max(now().toEpochMilli(), Math.max(epoch, before) + 1);
            }
            Layout layout = wanted.layout();
            StoredPolicy set = new StoredPolicy(
                    wanted.queue(),
                    change,
                    now(),
                    wanted.policy(),
                    new Layout(
                            begins ? epoch : before,
                            layout.partitions(),
                            layout.phase(),
                            layout.previous(),
                            layout.retired()));
            policies.put(wanted.queue(), set);
            version = change;
            return Optional.of(set);
        });
    }

    @Override
    public Uni<Boolean> remove(StoredPolicy read, String change) {
        return locked(() -> {
            StoredPolicy there = policies.get(read.queue());
            if (there == null) {
                return true;
            }
            if (!there.revision().equals(read.revision())) {
                return false;
            }
            policies.remove(read.queue());
            version = change;
            return true;
        });
    }

    @Override
    public Uni<Boolean> restore(News lost) {
        return locked(() -> {
            if (!version.isEmpty()) {
                return false;
            }
            lost.policies().orElseThrow().forEach(each -> policies.put(each.queue(), each));
            epoch = policies.values().stream()
                    .mapToLong(each -> each.layout().epoch())
                    .max()
                    .orElse(0);
            version = lost.version();
            return true;
        });
    }

    @Override
    public Uni<News> news(String known) {
        return locked(() -> new News(
                version,
                now(),
                version.equals(known) ? Optional.empty() : Optional.of(List.copyOf(policies.values()))));
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private <T> Uni<T> locked(Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
