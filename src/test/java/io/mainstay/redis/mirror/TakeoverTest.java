package io.mainstay.redis.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.StoreUnavailableException;
import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.MirrorRounds;
import io.mainstay.mirror.MirrorSide;
import io.mainstay.mirror.MirrorStore;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One instance whose owner of a mirrored queue no longer answers: each look at it runs into its time-out. */
class TakeoverTest {

    /** Several times what one call starts. */
    private static final int JOBS = 5 * MirrorStore.MOST_MOVED;

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final ModelStore[] stores = {new ModelStore(), new ModelStore()};
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean silent = new AtomicBoolean();
    private final MirrorRounds rounds = new MirrorRounds(
            stores[0].queue,
            new MirrorSide(silentAtTimes(stores[0].redis.mirror()), stores[0].redis.jobs(), stores[0].queue),
            new MirrorSide(stores[1].redis.mirror(), stores[1].redis.jobs(), stores[1].queue),
            HOLD,
            nanos::get);

    @BeforeEach
    void mirror() {
        runUntilHealthy();
        answer(stores[0].addUnheard(JOBS));
        answer(rounds.run());
        assertThat(copies().copies()).isEqualTo(JOBS);
        assertThat(rounds.timedOut()).isFalse();
    }

    @AfterEach
    void close() {
        for (ModelStore store : stores) {
            store.close();
        }
    }

    @Test
    void allCopiesStartInTheRoundThatTakesOver() {
        takeOver();

        assertThat(stores[1].owns()).isTrue();
        assertThat(copies().copies()).isZero();
        assertThat(copies().live()).isEqualTo(JOBS);
    }

    @Test
    void nextRoundIsDueAtOnce() {
        takeOver();

        assertThat(rounds.timedOut()).isTrue();
    }

    private void takeOver() {
        silent.set(true);
        nanos.addAndGet(HOLD.toNanos());
        stores[1].redis.step(HOLD);
        answer(rounds.run());
    }

    private void runUntilHealthy() {
        for (int i = 0; !rounds.status().healthy(); i++) {
            assertThat(i).isLessThan(10);
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            answer(rounds.run());
        }
    }

    private MirrorLook copies() {
        return answer(stores[1].redis.mirror().look(stores[1].queue));
    }

    private MirrorStore silentAtTimes(MirrorStore mirror) {
        return (MirrorStore) Proxy.newProxyInstance(
                MirrorStore.class.getClassLoader(), new Class<?>[] {MirrorStore.class}, (proxy, method, args) -> {
                    if (!silent.get()) {
                        return method.invoke(mirror, args);
                    }
                    nanos.addAndGet(TIMEOUT.toNanos());
                    return Uni.createFrom().failure(new StoreUnavailableException("silent", null));
                });
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(20));
    }
}
