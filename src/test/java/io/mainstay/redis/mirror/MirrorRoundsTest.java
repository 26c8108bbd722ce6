package io.mainstay.redis.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.mirror.MirrorLook;
import io.mainstay.queue.JobDraft;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several instances do with the two stores of a mirrored queue when one of them has not seen what the others have. */
class MirrorRoundsTest {

    private static final Duration HOLD = Duration.ofSeconds(8);
    private static final Duration ROUND = Duration.ofSeconds(1);
    /** What looking at both stores asks of chance. */
    private static final int LOOKS = 4;
    /** No answer is lost, and no call is sent twice. */
    private static final Random NEVER = new Random() {
        @Override
        public double nextDouble() {
            return 1;
        }
    };

    private final ModelStore[] stores = {new ModelStore(), new ModelStore()};
    private long nanos;
    private final ModelInstance one = instance();

    @BeforeEach
    void bothKnowThatItIsToBeMirrored() {
        pass(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        for (ModelStore store : stores) {
            store.close();
        }
    }

    @Test
    void jobOfAnInstanceThatHasNotSeenTheQueueMirroredIsCopied() {
        ModelInstance late = instance();
        answer(late.rounds.run());
        mirror(one);

        enqueue(late, "a");
        answer(one.rounds.run());

        assertThat(stores[1].raw("a")).isPresent();
    }

    @Test
    void copiesOfAnEpochThatItsOwnerHasLostAreCompared() {
        mirror(one);
        stores[1].keep();
        stores[0].up = false;
        takeOverBy(one);
        stores[0].up = true;
        mirror(one);
        enqueue(one, "a");
        assertThat(stores[0].raw("a")).isPresent();
        stores[0].up = false;
        stores[1].loseWhatCameSinceItWasKept();
        takeOverBy(instance());
        assertThat(stores[1].mirror()).startsWith("own 2");
        stores[0].up = true;

        mirror(one);
        answer(one.rounds.run());

        assertThat(stores[0].mirror()).startsWith("copy 2");
        assertThat(look(1).live()).isEqualTo(1);
    }

    @Test
    void instanceThatHasSeenATakeoverDoesNotClaimFromTheOlderOwner() {
        mirror(one);
        stores[0].up = false;
        takeOverBy(one);
        stores[0].up = true;
        stores[1].redis.restart();
        // It may have lost something, and the older owner goes away before it hears of the takeover.
        ModelInstance other = instance(awayAfter(LOOKS, 0));
        answer(other.rounds.run());
        assertThat(stores[0].mirror()).startsWith("own 1");

        stores[0].up = true;
        other.reaches[1] = false;
        answer(other.rounds.run());

        assertThat(other.rounds.mayClaimFrom(other.sides[0])).isFalse();
    }

    private Random awayAfter(int calls, int which) {
        return new Random() {
            private int left = calls;

            @Override
            public double nextDouble() {
                stores[which].up &= --left != 0;
                return 1;
            }
        };
    }

    /** Until both stores have all. */
    private void mirror(ModelInstance by) {
        for (int i = 0; i == 0 || !by.rounds.status().healthy(); i++) {
            assertThat(i).isLessThan(20);
            answer(by.rounds.run());
            pass(ROUND);
        }
    }

    private void takeOverBy(ModelInstance by) {
        for (int i = 0; !stores[1].owns(); i++) {
            assertThat(i).isLessThan(40);
            answer(by.rounds.run());
            pass(ROUND);
        }
    }

    private void enqueue(ModelInstance by, String id) {
        answer(by.enqueues.enqueue(JobDraft.job(stores[0].queue, id).build()));
    }

    private MirrorLook look(int which) {
        return answer(stores[which].redis.mirror().look(stores[which].queue));
    }

    private ModelInstance instance() {
        return instance(NEVER);
    }

    private ModelInstance instance(Random random) {
        return new ModelInstance(stores, HOLD, () -> nanos, random);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        stores[0].redis.step(time);
        stores[1].redis.step(time);
    }

    private static <T> T answer(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(20));
    }
}
