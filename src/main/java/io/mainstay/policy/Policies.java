package io.mainstay.policy;

import io.mainstay.job.QueueName;
import io.mainstay.queue.RepeatingTask;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.queue.settings.Setting;
import io.mainstay.queue.settings.SettingCopy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The policies of all queues, as this instance knows them: what others change is known within two seconds. While there are any, one small
 * call each round reads what has changed; while there are none, changes are noticed by their version. Thread-safe; questions are answered
 * from memory.
 */
@Singleton
public class Policies implements QueuePlaces, SettingCopy {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration WHILE_THERE_ARE_POLICIES = Duration.ofMillis(1500);

    private final PolicyStore store;
    private final RepeatingTask rounds;
    private final List<Consumer<PolicyStore.News>> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<QueueName, StoredPolicy> known = Map.of();
    private volatile String version = "-";

    @Inject
    Policies(Vertx vertx, PolicyStore store) {
        this.store = store;
        this.rounds = new RepeatingTask(vertx, "policies", EVERY, Logger.Level.DEBUG, () -> refresh()
                .map(done -> known.isEmpty() ? Optional.empty() : Optional.of(WHILE_THERE_ARE_POLICIES)));
    }

    /** Without rounds of its own. */
    public Policies(PolicyStore store) {
        this.store = store;
        this.rounds = null;
    }

    void start(@Observes StartupEvent event) {
        rounds.start();
        rounds.soon();
    }

    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
    }

    @Override
    public Map<Setting, String> versions() {
        return Map.of(Setting.POLICIES, version);
    }

    @Override
    public void readAgain() {
        rounds.soon();
    }

    /** Has {@code told} hear of each round, after what has changed is known. */
    public void listen(Consumer<PolicyStore.News> told) {
        listeners.add(told);
    }

    /** That of a queue, or of the queue that this is a place of; null if it has none. */
    public StoredPolicy of(QueueName queue) {
        Map<QueueName, StoredPolicy> all = known;
        return all.isEmpty() ? null : all.get(queue.logical());
    }

    public List<StoredPolicy> all() {
        return List.copyOf(known.values());
    }

    @Override
    public List<QueueName> places(QueueName queue) {
        StoredPolicy policy = queue.isPlace() ? null : of(queue);
        return policy == null ? List.of(queue) : policy.places();
    }

    @Override
    public boolean inTwoStores(QueueName queue) {
        StoredPolicy policy = of(queue);
        return policy != null && policy.inTwoStores();
    }

    /** Reads what has changed, now. */
    public Uni<Void> refresh() {
        return Uni.createFrom()
                .deferred(() -> store.news(version))
                .invoke(this::take)
                .replaceWithVoid();
    }

    private void take(PolicyStore.News news) {
        news.policies().ifPresent(all -> {
            Map<QueueName, StoredPolicy> next = new HashMap<>();
            all.forEach(each -> next.put(each.queue(), each));
            known = Map.copyOf(next);
        });
        version = news.version();
        listeners.forEach(told -> told.accept(news));
    }
}
