package io.mainstay.redis.policy;

import io.mainstay.health.LinkKind;
import io.mainstay.job.QueueName;
import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.stores.second.PolicyCopy;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link PolicyCopy} in Redis: one text, its first line the version, each other one a queue and its policy. */
public final class RedisPolicyCopy implements PolicyCopy {

    private static final String KEY = SettingKeys.TAG + "policies:copy";

    private final RedisCalls calls;

    public RedisPolicyCopy(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<Void> keep(PolicyStore.News news) {
        String text = Stream.concat(
                        Stream.of(news.version()),
                        news.policies().orElseThrow().stream()
                                .map(each -> each.queue().value() + " " + PolicyText.whole(each)))
                .collect(Collectors.joining("\n"));
        return calls.run(LinkKind.WRITES, Command.SET, KEY, text).replaceWithVoid();
    }

    @Override
    public Uni<Optional<PolicyStore.News>> kept() {
        return calls.run(LinkKind.READS, Command.GET, KEY)
                .map(text -> text == null ? Optional.empty() : Optional.of(read(text.toString())));
    }

    /** The time is of no meaning: what is done about policies over time is done by the first store's. */
    private static PolicyStore.News read(String text) {
        String[] lines = text.split("\n");
        List<StoredPolicy> policies = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int space = lines[i].indexOf(' ');
            policies.add(PolicyText.read(new QueueName(lines[i].substring(0, space)), lines[i].substring(space + 1)));
        }
        return new PolicyStore.News(lines[0], Instant.EPOCH, Optional.of(policies));
    }
}
