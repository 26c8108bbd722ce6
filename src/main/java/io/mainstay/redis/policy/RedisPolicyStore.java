package io.mainstay.redis.policy;

import io.mainstay.job.LimitReachedException;
import io.mainstay.job.QueueName;
import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@link PolicyStore} in Redis. */
public final class RedisPolicyStore implements PolicyStore {

    private static final Logger LOG = Logger.getLogger(RedisPolicyStore.class);
    /** Policies, by queue; the version of all, and the latest epoch. */
    private static final List<String> KEYS = List.of(SettingKeys.TAG + "policies", SettingKeys.META);

    private static final int BEFORE_POLICIES = 2;

    private final RedisCalls calls;

    public RedisPolicyStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Optional<StoredPolicy>> put(StoredPolicy wanted, boolean begins, String change) {
        List<String> args = List.of(
                wanted.queue().value(),
                wanted.revision(),
                change,
                PolicyText.write(wanted.policy(), wanted.layout()),
                begins ? "1" : "",
                Integer.toString(MOST));
        return calls.run(Script.POLICY_PUT, KEYS, args).map(answer -> switch (answer.get(0)
                .toInteger()) {
            case 1 -> Optional.of(PolicyText.read(wanted.queue(), answer.get(1).toString()));
            case 0 -> Optional.empty();
            default ->
                throw new LimitReachedException(
                        "too-many-policies", 409, "there are %d policies, which is the limit".formatted(MOST));
        });
    }

    @Override
    public Uni<Boolean> remove(StoredPolicy read, String change) {
        return calls.run(Script.POLICY_REMOVE, KEYS, List.of(read.queue().value(), read.revision(), change))
                .map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Uni<Boolean> restore(News lost) {
        List<StoredPolicy> all = lost.policies().orElseThrow();
        long epoch = all.stream().mapToLong(each -> each.layout().epoch()).max().orElse(0);
        List<String> args = new ArrayList<>(List.of(lost.version(), Long.toString(epoch)));
        all.forEach(each -> args.addAll(List.of(each.queue().value(), PolicyText.whole(each))));
        return calls.run(Script.POLICY_RESTORE, KEYS, args).map(answer -> answer.toInteger() == 1);
    }

    @Override
    public Uni<News> news(String known) {
        return calls.run(Script.POLICY_NEWS, KEYS, List.of(known)).map(answer -> {
            String version = answer.get(0).toString();
            return new News(
                    version,
                    Instant.ofEpochMilli(answer.get(1).toLong()),
                    version.equals(known) ? Optional.empty() : Optional.of(policies(answer)));
        });
    }

    private static List<StoredPolicy> policies(Response answer) {
        List<StoredPolicy> policies = new ArrayList<>();
        for (int i = BEFORE_POLICIES; i + 1 < answer.size(); i += 2) {
            try {
                policies.add(PolicyText.read(
                        new QueueName(answer.get(i).toString()),
                        answer.get(i + 1).toString()));
            } catch (RuntimeException e) {
                LOG.warnf("The policy of queue %s in Redis cannot be read and is ignored", answer.get(i));
            }
        }
        return policies;
    }
}
