package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.job.Transitions.JobEvent;
import io.mainstay.mirror.Compared;
import io.mainstay.mirror.Copied;
import io.mainstay.mirror.GivenUp;
import io.mainstay.mirror.JobVersion;
import io.mainstay.mirror.LivePage.LiveSet;
import io.mainstay.mirror.Mirror;
import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.MirrorSettings;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.mirror.MirroredJob;
import io.mainstay.mirror.OutboxEntry;
import io.mainstay.mirror.Takeover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the in-memory store does for one queue that is kept in two stores. */
final class TwinMirror {

    private static final List<JobEvent> NEW_VERSIONS =
            List.of(JobEvent.COMPLETE, JobEvent.BURY, JobEvent.CANCEL, JobEvent.REQUEUE);
    private static final List<JobEvent> BACK =
            List.of(JobEvent.RETRY, JobEvent.RESCUE, JobEvent.RELEASE, JobEvent.SNOOZE);

    private final QueueName name;
    private final Jobs place;
    private final Supplier<String> run;
    private final Map<JobId, TwinJob> held = new HashMap<>();
    private final Map<JobId, Long> outbox = new HashMap<>();
    private Mirror mirror;
    private Instant alive;
    private String waitingIn;
    private long changes;
    private long settingsVersion;
    private long gaveUpIn;
    private boolean uncompared;
    private long leftUpTo;
    private Instant leftUntil;

    /** Where the jobs of the queue are that are no copies. */
    interface Jobs {

        TwinJob find(JobId id);

        List<TwinJob> live();

        void add(TwinJob job, Instant now);

        void remove(TwinJob job);

        boolean endedAndDeleted(JobId id, Instant now);

        long mostWaiting();

        Settings settings(long version);

        void set(Settings settings, Instant now);
    }

    record Settings(long version, boolean paused, Set<HandlerName> handlers, QueueLimits limits)
            implements MirrorSettings {}

    private record Told(TwinJob job, boolean whole) implements MirroredJob {
        @Override
        public long bytes() {
            return job.payloadBytes();
        }
    }

    /** @param run that the store is in */
    TwinMirror(QueueName name, Jobs place, Supplier<String> run) {
        this.name = name;
        this.place = place;
        this.run = run;
    }

    boolean isMirrored() {
        return mirror != null;
    }

    boolean isClosed() {
        return mirror != null
                && (mirror.role() != Mirror.Role.OWN || !mirror.run().equals(run.get()));
    }

    TwinJob heldCopy(JobId id) {
        return held.get(id);
    }

    /** A copy is to end. */
    void release(TwinJob job) {
        held.remove(job.asked.id());
    }

    void moved(TwinJob job, JobEvent event) {
        if (mirror != null && NEW_VERSIONS.contains(event)) {
            job.version++;
            note(job.asked.id());
        } else if (mirror != null && BACK.contains(event)) {
            note(job.asked.id());
        }
    }

    void note(JobId id) {
        if (mirror != null) {
            outbox.put(id, ++changes);
        }
    }

    MirrorLook look() {
        return new MirrorLook(
                Optional.ofNullable(mirror),
                run.get(),
                changes,
                outbox.size(),
                held.size(),
                place.live().size(),
                place.settings(settingsVersion),
                uncompared);
    }

    void settingChanged() {
        if (mirror != null) {
            settingsVersion = Math.max(settingsVersion + 1, mirror.epoch() << 40);
        }
    }

    void apply(Mirror believed, MirrorSettings seen, MirrorSettings wanted, Instant now) {
        if (has(believed.role(), believed.epoch())
                && place.settings(settingsVersion).equals(seen)) {
            settingsVersion = wanted.version();
            place.set((Settings) wanted, now);
        }
    }

    Optional<Mirror> set(Optional<Mirror> believed, Mirror wanted, Instant now) {
        boolean ofThisRun = wanted.run().equals(Mirror.UNKNOWN) || wanted.run().equals(run.get());
        if (believed.equals(Optional.ofNullable(mirror)) && ofThisRun) {
            mirror = wanted;
            uncompared = false;
            alive = wanted.role() == Mirror.Role.COPY ? now : alive;
        }
        return Optional.ofNullable(mirror);
    }

    void ownerWorks(long epoch, Instant now) {
        if (has(Mirror.Role.COPY, epoch)) {
            alive = now;
        }
    }

    private boolean has(Mirror.Role role, long epoch) {
        return mirror != null && mirror.role() == role && mirror.epoch() == epoch;
    }

    Takeover takeOver(long epoch, Duration hold, Instant now) {
        if (has(Mirror.Role.COPY, epoch)) {
            Duration age = Duration.between(alive, now);
            boolean started = !mirror.run().equals(run.get()) && !run.get().equals(waitingIn);
            if (age.isNegative() || started) {
                waitingIn = run.get();
                alive = now;
                age = Duration.ZERO;
            }
            if (age.compareTo(hold) < 0) {
                return new Takeover(Optional.of(mirror), hold.minus(age), 0);
            }
            uncompared |= !mirror.run().equals(run.get());
            mirror = new Mirror(Mirror.Role.OWN, epoch + 1, run.get());
        } else if (!has(Mirror.Role.OWN, epoch + 1)) {
            return new Takeover(Optional.ofNullable(mirror), Duration.ZERO, 0);
        }
        List<TwinJob> some = held.values().stream()
                .sorted(Comparator.comparing((TwinJob job) -> job.runAt).thenComparing(job -> job.asked.id()))
                .limit(MirrorStore.MOST_MOVED)
                .toList();
        for (TwinJob job : some) {
            held.remove(job.asked.id());
            job.version = mirror.epoch() << 40;
            job.claims = job.version;
            place.add(job, now);
        }
        return new Takeover(Optional.of(mirror), Duration.ZERO, some.size());
    }

    GivenUp giveUp(long epoch, Instant now) {
        boolean cameLate = mirror != null && (!mirror.run().equals(Mirror.UNKNOWN) || mirror.epoch() == gaveUpIn);
        if (mirror == null || mirror.epoch() < epoch) {
            mirror = new Mirror(Mirror.Role.COPY, epoch, Mirror.UNKNOWN);
            alive = now;
            cameLate = false;
        } else if (mirror.role() == Mirror.Role.OWN) {
            return new GivenUp(0, 0);
        }
        List<TwinJob> some = place.live().stream().limit(MirrorStore.MOST_MOVED).toList();
        int ran = 0;
        for (TwinJob job : some) {
            ran += job.state() == JobState.RUNNING ? 1 : 0;
            place.remove(job);
            job.forgetLease();
            hold(job);
            if (cameLate) {
                note(job.asked.id());
            }
        }
        gaveUpIn = place.live().isEmpty() ? mirror.epoch() : gaveUpIn;
        return new GivenUp(some.size(), ran);
    }

    private void hold(TwinJob job) {
        job.become(JobState.SCHEDULED);
        held.put(job.asked.id(), job);
    }

    Optional<Mirror> mirror() {
        return Optional.ofNullable(mirror);
    }

    Copied copy(TwinJob job, long epoch, boolean alone) {
        if (!has(Mirror.Role.COPY, epoch)) {
            return new Copied(mirror(), Optional.empty());
        }
        Optional<JobState> there = find(job.asked.id()).map(TwinJob::state);
        if (there.isEmpty() && alone && held.size() >= place.mostWaiting()) {
            return new Copied(
                    mirror(), Optional.empty(), Optional.of(new Copied.Full(held.size(), place.mostWaiting())));
        }
        if (there.isEmpty()) {
            hold(job);
        }
        if (alone) {
            note(job.asked.id());
        }
        return new Copied(mirror(), there);
    }

    private Optional<TwinJob> find(JobId id) {
        return Optional.ofNullable(held.get(id)).or(() -> Optional.ofNullable(place.find(id)));
    }

    long latestChange() {
        return changes;
    }

    List<OutboxEntry> outbox() {
        return changesAfter(0);
    }

    List<OutboxEntry> nextChanges(Instant now) {
        if (leftUntil == null || !leftUntil.isAfter(now) || leftUntil.isAfter(now.plus(MirrorStore.LEFT_FOR))) {
            leftUntil = now.plus(MirrorStore.LEFT_FOR);
            leftUpTo = 0;
        }
        List<OutboxEntry> some = changesAfter(leftUpTo);
        leftUpTo = some.stream().mapToLong(OutboxEntry::order).max().orElse(leftUpTo);
        return some;
    }

    private List<OutboxEntry> changesAfter(long order) {
        return outbox.entrySet().stream()
                .filter(entry -> entry.getValue() > order)
                .sorted(Map.Entry.comparingByValue())
                .limit(MirrorStore.MOST)
                .map(entry -> entry(entry.getKey(), entry.getValue(), false))
                .toList();
    }

    List<OutboxEntry> whole(List<JobId> ids) {
        return ids.stream()
                .map(id -> entry(id, outbox.getOrDefault(id, 0L), true))
                .toList();
    }

    private OutboxEntry entry(JobId id, long order, boolean whole) {
        return new OutboxEntry(
                id,
                order,
                find(id).map(job ->
                        new Told(job.copyFor(name), whole || !job.state().ended())));
    }

    void heard(List<OutboxEntry> entries) {
        entries.forEach(entry -> outbox.remove(entry.id(), entry.order()));
    }

    /** Those of which it was not told all; nothing if it is something else by now. */
    List<JobId> tell(Mirror believed, List<OutboxEntry> entries, Instant now) {
        List<JobId> incomplete = new ArrayList<>();
        if (has(believed.role(), believed.epoch())) {
            for (OutboxEntry entry : entries) {
                Optional<Told> told = entry.job().map(Told.class::cast);
                if (!tell(entry.id(), told, now)) {
                    incomplete.add(entry.id());
                }
            }
        }
        return incomplete;
    }

    private boolean tell(JobId id, Optional<Told> told, Instant now) {
        TwinJob here = find(id).orElse(null);
        if (told.isEmpty()) {
            if (here != null && !here.state().ended()) {
                drop(here);
            }
            return true;
        }
        TwinJob job = told.get().job().copyFor(name);
        if (here == null) {
            if (told.get().whole()) {
                put(job, now);
            }
            return told.get().whole();
        }
        boolean late = job.version < here.version
                && job.state().ended()
                && !here.state().ended()
                && here.claims == here.version;
        if (late) {
            job.version = here.version + 1;
        }
        if (late || isNewer(job, here)) {
            drop(here);
            job.claims = Math.max(job.claims, here.claims);
            put(job, now);
        }
        boolean older = job.version < here.version
                || job.version == here.version && here.state().ended() && job.state() != here.state() && owns();
        if (late || older) {
            note(id);
        }
        return true;
    }

    boolean owns() {
        return mirror != null && mirror.role() == Mirror.Role.OWN;
    }

    private boolean isNewer(TwinJob job, TwinJob here) {
        return job.version > here.version
                || job.version == here.version && !owns() && (!here.state().ended() || job.state() != here.state());
    }

    private void put(TwinJob job, Instant now) {
        if (job.state().ended() || owns()) {
            place.add(job, now);
        } else {
            hold(job);
        }
    }

    private void drop(TwinJob here) {
        if (held.remove(here.asked.id()) == null) {
            place.remove(here);
        }
    }

    List<JobVersion> live(LiveSet set) {
        Stream<TwinJob> jobs = set == LiveSet.HELD
                ? held.values().stream()
                : place.live().stream().filter(job -> job.state().name().equals(set.name()));
        return jobs.map(job -> new JobVersion(job.asked.id(), job.version)).toList();
    }

    Compared compare(List<JobVersion> jobs, Instant now) {
        List<JobId> lacking = new ArrayList<>();
        List<JobId> gone = new ArrayList<>();
        for (JobVersion other : jobs) {
            Optional<TwinJob> here = find(other.id());
            if (here.isEmpty()) {
                (place.endedAndDeleted(other.id(), now) ? gone : lacking).add(other.id());
            } else if (here.get().version > other.version()
                    || here.get().version == other.version()
                            && owns()
                            && here.get().state().ended()) {
                note(other.id());
            } else if (here.get().version < other.version()) {
                lacking.add(other.id());
            }
        }
        return new Compared(lacking, gone);
    }
}
