package io.mainstay.redis.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.mirror.MirrorRounds;
import io.mainstay.mirror.MirrorSide;
import io.mainstay.mirror.MirrorStore;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances that have something to tell the same store at the same time. */
class OutboxTurnsTest {

    private static final int INSTANCES = 3;
    private static final int JOBS = 600;
    private static final Duration HOLD = Duration.ofMinutes(1);

    private final ModelStore[] stores = {new ModelStore(), new ModelStore()};
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger told = new AtomicInteger();
    private final List<MirrorRounds> instances = new ArrayList<>();

    @BeforeEach
    void mirror() {
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(new MirrorRounds(stores[0].queue, side(stores[0]), side(stores[1]), HOLD, nanos::get));
        }
        for (int i = 0; !instances.get(0).status().healthy(); i++) {
            assertThat(i).isLessThan(10);
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            answer(instances.get(0).run());
        }
        told.set(0);
    }

    @AfterEach
    void close() {
        for (ModelStore store : stores) {
            store.close();
        }
    }

    @Test
    void eachChangeIsToldByOneOfThem() {
        changeAll();

        allAtOnce();

        assertThat(told.get()).isGreaterThanOrEqualTo(JOBS).isLessThan(2 * JOBS);
        assertThat(unheard()).isZero();
    }

    @Test
    void whatOneOfThemDidNotTellIsToldByTheNextSoon() {
        changeAll();
        QueueName queue = stores[0].queue;
        assertThat(answer(stores[0].redis.mirror().nextChanges(queue)).entries())
                .hasSize(JOBS);

        answer(instances.get(0).run());
        assertThat(instances.get(0).leftToOthers()).isTrue();
        stores[0].redis.step(MirrorStore.LEFT_FOR);
        answer(instances.get(1).run());

        assertThat(instances.get(1).leftToOthers()).isFalse();
        assertThat(unheard()).isZero();
        assertThat(told.get()).isEqualTo(JOBS);
    }

    private void changeAll() {
        answer(stores[0].addUnheard(JOBS));
    }

    private void allAtOnce() {
        answer(Uni.join()
                .all(instances.stream().map(MirrorRounds::run).toList())
                .andFailFast());
    }

    private long unheard() {
        return answer(stores[0].redis.mirror().look(stores[0].queue)).unheard();
    }

    private MirrorSide side(ModelStore store) {
        MirrorStore mirror = store.redis.mirror();
        MirrorStore counting = (MirrorStore) Proxy.newProxyInstance(
                MirrorStore.class.getClassLoader(), new Class<?>[] {MirrorStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("tell")) {
                        told.addAndGet(((List<?>) args[2]).size());
                    }
                    return method.invoke(mirror, args);
                });
        return new MirrorSide(counting, store.redis.jobs(), store.queue);
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(20));
    }
}
