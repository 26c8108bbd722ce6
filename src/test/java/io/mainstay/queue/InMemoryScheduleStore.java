package io.mainstay.queue;

import io.mainstay.job.ScheduleName;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The naive twin of the schedules in Redis: its oracle, and the store of everybody else's tests. */
public final class InMemoryScheduleStore implements ScheduleStore {

    private final Clock clock;
    private final TreeMap<ScheduleName, Entry> entries = new TreeMap<>();
    private final Map<String, Receipt> receipts = new HashMap<>();

    public InMemoryScheduleStore(Clock clock) {
        this.clock = clock;
    }

    private static final class Entry {
        private Schedule schedule;
        private String born;
        private Instant claimable = Instant.MIN;

        private boolean due(Instant now) {
            return schedule.next().isPresent() && !schedule.paused() && !place().isAfter(now);
        }

        /** Its next run, or the end of the lease of whoever has claimed it. */
        private Instant place() {
            Instant next = schedule.next().orElseThrow();
            return next.isAfter(claimable) ? next : claimable;
        }
    }

    private record Receipt(String token, List<ScheduleName> names, Instant until) {}

    @Override
    public Uni<SchedulePut> put(
            ScheduleName name, ScheduleSpec spec, Optional<Instant> next, String revision, int most) {
        return locked(() -> {
            Entry entry = entries.get(name);
            if (entry == null) {
                if (entries.size() >= most) {
                    return new SchedulePut.Full();
                }
                entry = new Entry();
                entry.born = revision;
                entry.schedule = new Schedule(name, spec, false, next, Optional.empty(), now(), now(), revision);
                entries.put(name, entry);
            } else if (!entry.schedule.spec().equals(spec)) {
                Schedule old = entry.schedule;
                boolean sameTiming = old.spec().timing().equals(spec.timing());
                entry.schedule = new Schedule(
                        name,
                        spec,
                        old.paused(),
                        sameTiming ? old.next() : next,
                        old.last(),
                        old.createdAt(),
                        now(),
                        sameTiming ? old.epoch() : revision);
                if (!sameTiming) {
                    entry.claimable = Instant.MIN;
                }
            }
            return new SchedulePut.Stored(entry.schedule, entry.born.equals(revision));
        });
    }

    @Override
    public Uni<ScheduleSighting> find(ScheduleName name) {
        return locked(() -> new ScheduleSighting(
                now(), Optional.ofNullable(entries.get(name)).map(entry -> entry.schedule)));
    }

    @Override
    public Uni<SchedulePage> list(Optional<String> after, int limit) {
        return locked(() -> {
            List<Schedule> left = entries.values().stream()
                    .map(entry -> entry.schedule)
                    .filter(schedule ->
                            after.isEmpty() || schedule.name().value().compareTo(after.get()) > 0)
                    .toList();
            List<Schedule> page = left.stream().limit(limit).toList();
            return new SchedulePage(
                    page,
                    left.size() > limit ? Optional.of(page.get(limit - 1).name().value()) : Optional.empty());
        });
    }

    @Override
    public Uni<Void> delete(ScheduleName name) {
        return locked(() -> {
            entries.remove(name);
            return null;
        });
    }

    @Override
    public Uni<Optional<Schedule>> setPaused(ScheduleName name, boolean paused) {
        return locked(() -> {
            Entry entry = entries.get(name);
            if (entry == null) {
                return Optional.empty();
            }
            Schedule old = entry.schedule;
            entry.claimable = Instant.MIN;
            entry.schedule = new Schedule(
                    name, old.spec(), paused, old.next(), old.last(), old.createdAt(), old.updatedAt(), old.epoch());
            return Optional.of(entry.schedule);
        });
    }

    @Override
    public Uni<DueSchedules> claim(String claimant, String token, int max, Duration lease) {
        return locked(() -> {
            Instant now = now();
            Receipt receipt = receipts.get(claimant);
            List<ScheduleName> names;
            if (receipt != null
                    && receipt.token().equals(token)
                    && receipt.until().isAfter(now)) {
                names = receipt.names();
            } else {
                names = entries.values().stream()
                        .filter(entry -> entry.due(now))
                        .sorted(Comparator.comparing(Entry::place).thenComparing(entry -> entry.schedule.name()))
                        .limit(max)
                        .map(entry -> entry.schedule.name())
                        .toList();
                names.forEach(name -> entries.get(name).claimable = now.plus(lease));
                if (!names.isEmpty()) {
                    receipts.put(claimant, new Receipt(token, names, now.plus(lease)));
                }
            }
            Optional<Duration> nextDue = entries.values().stream()
                    .filter(entry -> entry.due(Instant.MAX))
                    .map(Entry::place)
                    .min(Comparator.naturalOrder())
                    .map(first -> first.isBefore(now) ? Duration.ZERO : Duration.between(now, first));
            return new DueSchedules(
                    now,
                    nextDue,
                    names.stream()
                            .filter(entries::containsKey)
                            .map(name -> entries.get(name).schedule)
                            .toList());
        });
    }

    @Override
    public Uni<Boolean> advance(Schedule seen, Optional<Instant> next, Optional<Schedule.Run> last) {
        return locked(() -> {
            Entry entry = entries.get(seen.name());
            if (entry == null
                    || !entry.schedule.epoch().equals(seen.epoch())
                    || !entry.schedule.next().equals(seen.next())) {
                return false;
            }
            Schedule old = entry.schedule;
            entry.claimable = Instant.MIN;
            entry.schedule = new Schedule(
                    old.name(),
                    old.spec(),
                    old.paused(),
                    next,
                    last.or(old::last),
                    old.createdAt(),
                    old.updatedAt(),
                    old.epoch());
            return true;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private <T> Uni<T> locked(Supplier<T> action) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
