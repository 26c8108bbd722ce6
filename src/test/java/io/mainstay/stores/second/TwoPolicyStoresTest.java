package io.mainstay.stores.second;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.policy.Critical;
import io.mainstay.policy.InMemoryPolicyStore;
import io.mainstay.policy.Layout;
import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.PolicyStore.News;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.policy.StoredPolicy;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TwoPolicyStoresTest {

    private static final QueueName QUEUE = new QueueName("orders");

    private final Copy copy = new Copy();
    private final PolicyStore first = new InMemoryPolicyStore(Clock.systemUTC());
    private final PolicyStore stores = new TwoPolicyStores(first, copy);

    @Test
    void firstStoreThatHasLostItsDataGetsThePoliciesAgain() {
        News before = set();

        PolicyStore empty = new InMemoryPolicyStore(Clock.systemUTC());
        News after = news(new TwoPolicyStores(empty, copy), "-");

        assertThat(after.policies()).isEqualTo(before.policies());
        assertThat(after.version()).isEqualTo(before.version());
        assertThat(news(empty, "-").policies()).isEqualTo(before.policies());
    }

    @Test
    void whoKnowsThemIsToldOfNoChange() {
        News before = set();

        News after = news(new TwoPolicyStores(new InMemoryPolicyStore(Clock.systemUTC()), copy), before.version());

        assertThat(after).satisfies(news -> {
            assertThat(news.version()).isEqualTo(before.version());
            assertThat(news.policies()).isEmpty();
        });
    }

    @Test
    void policiesThatWereRemovedStayRemoved() {
        News before = set();
        StoredPolicy set = before.policies().orElseThrow().get(0);
        assertThat(first.remove(set, "gone").await().indefinitely()).isTrue();

        assertThat(news(stores, before.version()).policies()).contains(List.of());
        assertThat(news(stores, "-").policies()).contains(List.of());
    }

    @Test
    void noneIsRestoredWhereThereNeverWasOne() {
        assertThat(news(stores, "-").policies()).contains(List.of());
        assertThat(news(stores, "").policies()).isEmpty();
    }

    private News set() {
        StoredPolicy wanted = new StoredPolicy(
                QUEUE, "", Instant.EPOCH, new QueuePolicy(1, Critical.MIRRORED, Duration.ofSeconds(20)), Layout.SINGLE);
        assertThat(stores.put(wanted, true, "one").await().indefinitely()).isPresent();
        News news = news(stores, "-");
        assertThat(copy.kept).contains(news);
        return news;
    }

    private static News news(PolicyStore stores, String known) {
        return stores.news(known).await().indefinitely();
    }

    private static final class Copy implements PolicyCopy {

        private Optional<News> kept = Optional.empty();

        @Override
        public Uni<Void> keep(News news) {
            kept = Optional.of(news);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Optional<News>> kept() {
            return Uni.createFrom().item(kept);
        }
    }
}
