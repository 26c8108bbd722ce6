package io.mainstay.failover;

import io.mainstay.failover.history.Strike;
import io.mainstay.job.QueueName;
import io.mainstay.process.ServiceProcess;
import io.mainstay.redis.store.RedisKeys;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A run with two stores and a mirrored queue. Each fault strikes one of them. One that takes data strikes when both have everything; of the others, half do, so that the
 * next fault may come before the one before it has healed.
 */
final class MirroredChaosRun extends ChaosRun {

    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long GLANCE_MS = 200;
    /** By how much one store may be behind the other while both are healthy: a round, and what it takes. */
    private static final Duration BEHIND = Duration.ofSeconds(3);

    private static final QueueName NAME = new QueueName(QUEUE);

    private final ChaosSite second;
    private final Random random;
    private ChaosSite struck;
    private Instant whole = Instant.now();
    private Instant struckAt = Instant.now();
    private long epoch;
    /** Since both had everything, one lost data or the other took over. */
    private boolean changed;

    private String lost = "";

    private MirroredChaosRun(ChaosSite home, ChaosSite second, long seed) {
        super(
                home,
                List.of(Place.first(home::primary), Place.second(second::primary)),
                KEPT,
                new JobMix(seed, home.target().address(), "memory"));
        this.second = second;
        this.random = new Random(seed);
        this.struck = home;
        this.epoch = epochNow();
    }

    static MirroredChaosRun begin(long seed) {
        ChaosSite second = new ChaosSite();
        ChaosSite home = new ChaosSite(Map.of("mainstay.stores.second.hosts", second.address()));
        Awaitility.await("a mirrored queue").atMost(PATIENCE).ignoreExceptions().until(() -> home.front()
                .put(
                        "/v1/queues/" + QUEUE + "/policy",
                        "{\"critical\": \"mirrored\", \"hold\": \"%s\"}".formatted(MirroredNemeses.HOLD))
                .contains("mirrored"));
        Awaitility.await("both stores have everything").atMost(PATIENCE).until(() -> isWhole(home, second));
        return new MirroredChaosRun(home, second, seed);
    }

    @Override
    ChaosSite site() {
        return struck;
    }

    @Override
    void prepare(String kind) throws InterruptedException {
        struck = random.nextBoolean() ? home() : second;
        System.out.printf("at the %s: ", storeStruck());
        boolean healed = random.nextBoolean();
        if (healed || MirroredNemeses.takesData(kind)) {
            awaitWhole();
        } else if (isWhole(home(), second)) {
            seenWhole();
        }
        struckAt = Instant.now();
    }

    @Override
    void note(Strike strike) {
        if (strike instanceof Strike.Lost) {
            changed = true;
            lost = storeStruck();
        } else {
            super.note(strike);
        }
    }

    @Override
    Optional<String> heal() throws InterruptedException {
        super.note(new Strike.OneAway(struckAt, Instant.now()));
        changed |= epochNow() > epoch;
        if (changed && !awaitWhole()) {
            return Optional.of("the two stores were not the same again in " + PATIENCE);
        }
        return Optional.empty();
    }

    private String storeStruck() {
        return struck == second ? "second" : "first";
    }

    private boolean awaitWhole() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            if (isWhole(home(), second)) {
                seenWhole();
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(GLANCE_MS);
        }
        return false;
    }

    private void seenWhole() {
        long now = epochNow();
        if (changed || now > epoch) {
            super.note(new Strike.OneOfTwo(lost, whole.minus(BEHIND), Instant.now()));
            // What was told to both is what there is.
            readAgain();
        }
        epoch = Math.max(epoch, now);
        changed = false;
        lost = "";
        whole = Instant.now();
    }

    private long epochNow() {
        return Math.max(epochOf(mirror(home(), NAME)), epochOf(mirror(second, NAME.inSecondStore())));
    }

    /** One owns the queue, the other has the copies, each in the run that is known to have all, and every instance found so. */
    private static boolean isWhole(ChaosSite home, ChaosSite second) {
        String[] one = mirror(home, NAME);
        String[] other = mirror(second, NAME.inSecondStore());
        boolean same = one.length == 3
                && other.length == 3
                && one[1].equals(other[1])
                && !one[0].equals(other[0])
                && isRunOf(home, one[2])
                && isRunOf(second, other[2]);
        return same && home.services().stream().allMatch(MirroredChaosRun::findsBoth);
    }

    private static boolean findsBoth(ServiceProcess instance) {
        try {
            return instance.metric("mainstay_mirror_healthy") == 1;
        } catch (UncheckedIOException away) {
            return false;
        }
    }

    private static boolean isRunOf(ChaosSite site, String run) {
        return site.primary().call("INFO", "server").contains("run_id:" + run);
    }

    private static String[] mirror(ChaosSite site, QueueName place) {
        return site.primary()
                .call("HGET", new RedisKeys(place).base() + "meta", "mirror")
                .split(" ");
    }

    private static long epochOf(String[] mirror) {
        return mirror.length == 3 && mirror[1].matches("\\d+") ? Long.parseLong(mirror[1]) : 0;
    }

    @Override
    public void close() {
        super.close();
        second.close();
    }
}
