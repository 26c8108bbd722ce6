package io.mainstay.redis.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.MainstayException;
import io.mainstay.mirror.MirrorSide;
import io.mainstay.mirror.Mirrored;
import io.mainstay.mirror.SettingsAgreement;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A random run of a mirrored queue: three instances, two stores, each of which may be away, unreachable for some, or lose data while the other one has it. What is known
 * of each job outside says what must hold: an acknowledged job ends, one that ended does not run again, and both stores agree in the end. What a loss took for
 * good (the only store that knew) is no violation, and is found out from both stores when it happens.
 */
final class MirrorModel {

    static final Duration HOLD = Duration.ofSeconds(8);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(40);
    private static final int SHOWN = 40;

    private final Random random;
    private final long seed;
    final ModelStore[] stores = {new ModelStore(), new ModelStore()};
    private final ModelInstance[] instances = new ModelInstance[3];
    private final Map<String, Known> jobs = new LinkedHashMap<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> all = new ArrayList<>();
    private long nanos;
    private int number;
    private int tokens;
    private final boolean[] lostItsRole = new boolean[2];
    /** The limit that was set last, as far as that is known. */
    private OptionalLong limit = OptionalLong.empty();

    /** What is known of a job outside. */
    private static final class Known {
        boolean acknowledged;
        /** Else one that has ended is made again by a repeat, in the store that does not know of it. */
        boolean inBoth;

        boolean ended;
        /** Ended jobs are not compared: one that a store has lost may have ended there in another way before. */
        boolean endsDiffer;

        /** Where it was claimed last, and in which epoch. */
        int claimedAt = -1;

        long claimedIn;
        boolean mayBeLost;
        boolean mayRunAgain;
    }

    MirrorModel(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
        // Two clocks that have nothing to do with each other.
        stores[1].redis.step(Duration.ofMinutes(7));
        for (int i = 0; i < instances.length; i++) {
            instances[i] = new ModelInstance(stores, HOLD, () -> nanos, random);
        }
    }

    Map<String, Integer> run(int steps) {
        for (int step = 0; step < steps; step++) {
            step();
        }
        settleDown();
        return seen;
    }

    private void step() {
        ModelInstance instance = instances[random.nextInt(instances.length)];
        int dice = random.nextInt(1000);
        if (dice < 250) {
            enqueue(instance);
        } else if (dice < 430) {
            claim(instance);
        } else if (dice < 640) {
            settle(instance);
        } else if (dice < 900) {
            round(instance);
        } else if (dice < 920) {
            change(instance);
        } else if (dice < 930) {
            setLimit(instance);
        } else if (dice < 950) {
            pass(Duration.ofSeconds(1 + random.nextInt(11)));
        } else if (dice < 970) {
            int store = random.nextInt(2);
            instance.reaches[store] = !instance.reaches[store];
            tell("instance reaches %d: %s", store, instance.reaches[store]);
        } else if (dice < 985) {
            goOrCome(random.nextInt(2));
        } else if (dice < 992) {
            int store = random.nextInt(2);
            stores[store].keep();
            tell("kept %d", store);
        } else {
            heal();
        }
    }

    private void heal() {
        for (ModelStore store : stores) {
            store.up = true;
        }
        for (ModelInstance instance : instances) {
            instance.reaches[0] = true;
            instance.reaches[1] = true;
        }
        tell("healed");
    }

    private void goOrCome(int which) {
        ModelStore store = stores[which];
        if (store.up) {
            store.up = false;
            tell("down %d", which);
            return;
        }
        store.up = true;
        int kind = random.nextInt(4);
        if (kind == 0) {
            lose(which, "everything", store::loseEverything);
        } else if (kind == 1) {
            lose(which, "the latest", store::loseWhatCameSinceItWasKept);
        } else if (kind == 2) {
            store.redis.restart();
            tell("back as another run %d", which);
        } else {
            tell("back %d", which);
        }
    }

    /** What only this store knew is lost for good. */
    private void lose(int which, String what, Runnable loss) {
        long before = Math.max(stores[0].epoch(), stores[1].epoch());
        boolean hadRole = !stores[which].mirror().isEmpty();
        loss.run();
        lostItsRole[which] =
                (hadRole || lostItsRole[which]) && stores[which].mirror().isEmpty();
        limit = OptionalLong.empty();
        if (Math.max(stores[0].epoch(), stores[1].epoch()) < before) {
            // Nobody knows of the latest takeover any more.
            jobs.values().forEach(known -> known.claimedAt = -1);
        }
        tell(
                "store %d lost %s, it is %s now, the other %s",
                which, what, stores[which].mirror(), stores[1 - which].mirror());
        jobs.forEach((id, known) -> {
            known.inBoth &= stores[which].raw(id).isPresent();
            known.endsDiffer = haveDifferentEnds(id);
            Optional<JobState> left = resolved(id);
            if (known.ended && left.filter(JobState::ended).isEmpty()) {
                known.mayRunAgain = true;
            } else if (!known.ended && left.filter(state -> !state.ended()).isEmpty()) {
                known.mayBeLost = true;
            }
        });
    }

    private boolean haveDifferentEnds(String id) {
        List<JobState> states = Arrays.stream(stores)
                .flatMap(store -> store.raw(id).stream())
                .map(ModelStore.Raw::state)
                .toList();
        return states.size() == 2
                && states.stream().allMatch(JobState::ended)
                && !states.get(0).equals(states.get(1));
    }

    /** What both stores together know of a job. */
    private Optional<JobState> resolved(String id) {
        Optional<ModelStore.Raw> one = stores[0].raw(id);
        Optional<ModelStore.Raw> other = stores[1].raw(id);
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other).map(ModelStore.Raw::state);
        }
        boolean first = one.get().version() == other.get().version()
                ? one.get().state().ended()
                : one.get().version() > other.get().version();
        return (first ? one : other).map(ModelStore.Raw::state);
    }

    private void enqueue(ModelInstance instance) {
        boolean again = !jobs.isEmpty() && random.nextInt(10) == 0;
        String id = again ? "j" + (1 + random.nextInt(number)) : "j" + ++number;
        JobDraft draft = JobDraft.job(stores[0].queue, id).maxAttempts(20);
        JobDraft started = random.nextInt(5) == 0 ? draft.after(Duration.ofSeconds(random.nextInt(40))) : draft;
        Optional<Mirrored> answered = answer(instance.enqueues.enqueue(started.build()));
        Known known = jobs.computeIfAbsent(id, unknown -> new Known());
        if (answered.isPresent() && answered.get().enqueued() instanceof Enqueued.Created && known.ended) {
            // Comparing brings back jobs that have not ended: of the others a store that lost them knows nothing.
            assertThat(known.mayRunAgain || !known.inBoth)
                    .as(() -> report("ended job was made again", id))
                    .isTrue();
            known.mayRunAgain = true;
        }
        answered.ifPresent(mirrored -> {
            known.acknowledged = true;
            known.inBoth |= mirrored.both();
        });
        tell(
                "enqueue %s: %s",
                id,
                answered.map(m -> (m.both() ? "both " : "one ")
                                + m.enqueued().getClass().getSimpleName())
                        .orElse("failed"));
    }

    private void claim(ModelInstance instance) {
        for (int i = 0; i < 2; i++) {
            if (instance.rounds.mayClaimFrom(instance.sides[i])) {
                claim(instance, i, 1 + random.nextInt(3));
                return;
            }
        }
    }

    private int claim(ModelInstance instance, int which, int most) {
        String token = "w.t" + ++tokens;
        var request = SomeClaim.of(stores[which].queue, "w" + random.nextInt(3), token, most, LEASE);
        List<Job> claimed = answer(instance.leases[which].claim(request).map(got -> got.jobs()))
                .orElse(List.of());
        for (Job job : claimed) {
            String id = job.id().value();
            Known known = jobs.get(id);
            tell("claim %s at %d, epoch %d", id, which, stores[which].epoch());
            boolean unaware = isSplitFrom(instance, which) || hasLostItsRole(which);
            assertThat(known.ended && !known.mayRunAgain && !unaware)
                    .as(() -> report("ended job runs again", id))
                    .isFalse();
            assertThat(known.claimedAt != -1
                            && known.claimedAt != which
                            && known.claimedIn >= stores[which].epoch()
                            && !known.mayRunAgain
                            && !unaware)
                    .as(() -> report("runs in both stores in one epoch", id))
                    .isFalse();
            known.claimedAt = which;
            known.claimedIn = stores[which].epoch();
            instance.held.add(new ModelInstance.Held(new Lease(job.id(), token), which));
        }
        return claimed.size();
    }

    /** Whether the other store took over, and the instance has reached this older owner alone since. */
    private boolean isSplitFrom(ModelInstance instance, int which) {
        return stores[1 - which].epoch() > stores[which].epoch()
                && !instance.couldKnowOfATakeoverSince(stores[which].epoch());
    }

    /** Back with data of before the queue was mirrored: it knows nothing of that until a round. */
    private boolean hasLostItsRole(int which) {
        return lostItsRole[which] && stores[which].mirror().isEmpty();
    }

    private void settle(ModelInstance instance) {
        if (!instance.held.isEmpty()) {
            settle(instance, instance.held.remove(random.nextInt(instance.held.size())), random.nextInt(10));
        }
    }

    private void settle(ModelInstance instance, ModelInstance.Held held, int dice) {
        Settlement report = dice < 6
                ? new Settlement.Complete(held.lease(), Optional.empty())
                : dice < 7
                        ? new Settlement.Fail(held.lease(), "boom", "it broke", Optional.empty())
                        : dice < 8
                                ? new Settlement.Fail(
                                        held.lease(),
                                        "boom",
                                        "it broke",
                                        Optional.of(Duration.ofSeconds(random.nextInt(20))))
                                : dice < 9
                                        ? new Settlement.Release(held.lease())
                                        : new Settlement.Snooze(held.lease(), Duration.ofSeconds(5), 100);
        String id = held.lease().id().value();
        boolean ends = dice < 7;
        Optional<List<Settled>> settled =
                answer(instance.leases[held.store()].settle(stores[held.store()].queue, List.of(report)));
        tell(
                "settle %s at %d: %s",
                id, held.store(), settled.map(Object::toString).orElse("failed"));
        if (settled.isEmpty() && hasEnded(held.store(), id) && ends) {
            // Done, though nobody heard.
            ended(id, held.store());
        } else if (ends && settled.isPresent() && settled.get().get(0) instanceof Settled.Applied) {
            ended(id, held.store());
        }
    }

    private boolean hasEnded(int which, String id) {
        return stores[which].raw(id).filter(raw -> raw.state().ended()).isPresent();
    }

    private void ended(String id, int which) {
        Known known = jobs.get(id);
        known.ended = true;
        known.mayRunAgain |= isOverruled(which);
    }

    /** Whether the other store took over, or this one has lost that the queue is mirrored. */
    private boolean isOverruled(int which) {
        return stores[1 - which].epoch() > stores[which].epoch()
                || stores[which].mirror().isEmpty();
    }

    private void change(ModelInstance instance) {
        Optional<MirrorSide> owner = instance.rounds.status().owner();
        if (owner.isEmpty() || number == 0) {
            return;
        }
        int which = owner.get() == instance.sides[0] ? 0 : 1;
        String id = "j" + (1 + random.nextInt(number));
        Known known = jobs.get(id);
        boolean cancel = random.nextBoolean();
        boolean hadEnded = hasEnded(which, id);
        Optional<Change> changed = answer(
                cancel
                        ? owner.get().jobs().cancel(stores[which].queue, new JobId(id))
                        : owner.get().jobs().requeue(stores[which].queue, new JobId(id), "r" + ++tokens));
        tell(
                "%s %s at %d: %s",
                cancel ? "cancel" : "requeue",
                id,
                which,
                changed.map(c -> c.getClass().getSimpleName()).orElse("failed"));
        if (cancel
                && stores[which]
                        .raw(id)
                        .filter(raw -> raw.state() == JobState.CANCELLED)
                        .isPresent()) {
            ended(id, which);
            // The owner may start it before it learns of the end of a copy.
            known.mayRunAgain |= !stores[which].owns();
        } else if (!cancel && hadEnded && !hasEnded(which, id)) {
            known.ended = false;
            known.endsDiffer = false;
            known.mayBeLost |= isOverruled(which);
        }
    }

    /** One that no job meets; it may be set while the other store is away. */
    private void setLimit(ModelInstance instance) {
        Optional<MirrorSide> owner = instance.rounds.status().owner();
        if (owner.isEmpty()) {
            return;
        }
        int which = owner.get() == instance.sides[0] ? 0 : 1;
        long most = 1_000_000 + ++tokens;
        Uni<Boolean> asked = owner.get()
                .jobs()
                .setLimits(stores[which].queue, QueueLimits.NONE.withMaxWaiting(most))
                .replaceWith(true);
        boolean set = answer(asked).isPresent();
        // An older owner may have taken it that does not know yet what it is, or nobody has heard whether it was taken.
        limit = set && stores[which].owns() && stores[which].epoch() >= stores[1 - which].epoch()
                ? OptionalLong.of(most)
                : OptionalLong.empty();
        if (random.nextBoolean()) {
            answer(SettingsAgreement.of(instance.sides[0], instance.sides[1]));
        }
        tell("limit at %d: %s", which, set ? "set" : "failed");
    }

    private void round(ModelInstance instance) {
        boolean[] hadCopies = {stores[0].hasCopies(), stores[1].hasCopies()};
        Optional<?> status = answer(instance.rounds.run());
        instance.hear();
        tell(
                "round: %s, %s / %s",
                status.isPresent() ? instance.rounds.status().healthy() ? "healthy" : "not healthy" : "failed",
                stores[0].mirror(),
                stores[1].mirror());
        for (int i = 0; i < 2; i++) {
            if (hadCopies[i] && stores[i].owns()) {
                tookOver(i);
            }
        }
    }

    /** Ends of which this store has not heard are overruled. */
    private void tookOver(int which) {
        tell("took over: %d", which);
        jobs.forEach((id, known) -> known.mayRunAgain |= known.ended && !hasEnded(which, id));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        stores[0].redis.step(time);
        stores[1].redis.step(time);
    }

    /** All is well again: everything is done, and both agree. */
    private void settleDown() {
        heal();
        for (ModelInstance instance : instances) {
            instance.held.clear();
        }
        int quiet = 0;
        for (int i = 0; quiet < 4; i++) {
            assertThat(i).as(() -> report("it does not come to an end", "?")).isLessThan(300);
            ModelInstance instance = instances[i % instances.length];
            round(instance);
            pass(Duration.ofSeconds(3));
            int claimed = 0;
            for (int which = 0; which < 2; which++) {
                if (instance.rounds.mayClaimFrom(instance.sides[which])) {
                    claimed += claim(instance, which, 100);
                }
            }
            List.copyOf(instance.held).forEach(held -> settle(instance, held, 0));
            instance.held.clear();
            quiet = claimed == 0 && instance.rounds.status().healthy() && isQuiet() ? quiet + 1 : 0;
        }
        jobs.forEach(this::check);
        checkLimits();
    }

    private void checkLimits() {
        var one = stores[0].redis.mirror().look(stores[0].queue).await().atMost(ANSWER);
        var other = stores[1].redis.mirror().look(stores[1].queue).await().atMost(ANSWER);
        assertThat(one.settings())
                .as(() -> report("they do not agree about limits", "limit"))
                .isEqualTo(other.settings());
        limit.ifPresent(set -> assertThat(one.settings().toString())
                .as(() -> report("limit that was acknowledged does not hold", "limit"))
                .contains(Long.toString(set)));
    }

    private boolean isQuiet() {
        for (ModelStore store : stores) {
            var look = store.redis.mirror().look(store.queue).await().atMost(ANSWER);
            if (look.unheard() + look.copies() + look.live() > 0) {
                tell("unheard %d, copies %d, live %d", look.unheard(), look.copies(), look.live());
                return false;
            }
        }
        return true;
    }

    private void check(String id, Known known) {
        Optional<ModelStore.Raw> one = stores[0].raw(id);
        Optional<ModelStore.Raw> other = stores[1].raw(id);
        if (known.acknowledged && !known.mayBeLost) {
            assertThat(known.ended)
                    .as(() -> report("acknowledged job has not ended", id))
                    .isTrue();
        }
        if (one.isPresent() && other.isPresent() && !known.endsDiffer) {
            assertThat(one.get().state())
                    .as(() -> report("they do not agree", id))
                    .isEqualTo(other.get().state());
        }
    }

    private <T> Optional<T> answer(Uni<T> asked) {
        return asked.map(Optional::ofNullable)
                .onFailure(MainstayException.class)
                .recoverWithItem(Optional.empty())
                .await()
                .atMost(ANSWER);
    }

    private void tell(String what, Object... about) {
        String line = what.formatted(about);
        seen.merge(line.replaceAll("j\\d+", "").replaceAll("[\\d:].*", "").strip(), 1, Integer::sum);
        all.add(line);
    }

    /** What became of a job, and of the stores; then all that happened last. */
    private String report(String wrong, String id) {
        Pattern about = Pattern.compile("\\b" + id + "\\b|lost|down|back|kept|healed|reaches|took over");
        return "%s: %s (seed %d), after%n%s%n...%n%s%n"
                .formatted(
                        wrong,
                        id,
                        seed,
                        all.stream().filter(about.asPredicate()).collect(Collectors.joining(System.lineSeparator())),
                        all.stream()
                                .skip(Math.max(0, all.size() - SHOWN))
                                .collect(Collectors.joining(System.lineSeparator())));
    }

    void close() {
        for (ModelStore store : stores) {
            store.close();
        }
    }
}
