package io.mainstay.schedule;

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
        private Instant timedAt;
        /** Its next run, or the end of the lease of whoever has claimed it; null if it is not in line. */
        private Instant place;
        /** The time for which that place was worked out. */
        private Instant placedAt;

        private void lineUp() {
            place = schedule.paused() ? null : schedule.next().orElse(null);
            placedAt = timedAt;
        }

        private boolean due(Instant now) {
            return place != null && !place.isAfter(now);
        }

        private boolean isInHand() {
            return !place.equals(schedule.next().orElseThrow());
        }
    }

    private record Receipt(String token, List<ScheduleName> names, Instant until) {}

    @Override
    public Uni<SchedulePut> put(ScheduleName name, ScheduleSpec spec, NextRun next, String revision, int most) {
        return locked(() -> {
            Entry entry = entries.get(name);
            if (entry == null) {
                if (entries.size() >= most) {
                    return new SchedulePut.Full();
                }
                entry = new Entry();
                entry.born = revision;
                entry.schedule =
                        new Schedule(name, spec, false, next.at(), Optional.empty(), now(), now(), revision, 0);
                entry.timedAt = next.timedAt();
                entry.lineUp();
                entries.put(name, entry);
            } else if (!entry.schedule.spec().equals(spec)) {
                Schedule old = entry.schedule;
                boolean sameTiming = old.spec().timing().equals(spec.timing());
                entry.schedule = new Schedule(
                        name,
                        spec,
                        old.paused(),
                        sameTiming ? old.next() : next.at(),
                        old.last(),
                        old.createdAt(),
                        now(),
                        sameTiming ? old.epoch() : revision,
                        old.rewinds() + (!sameTiming && wentBack(entry, next.timedAt()) ? 1 : 0));
                if (!sameTiming) {
                    entry.timedAt = next.timedAt();
                    entry.lineUp();
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
            entry.schedule = new Schedule(
                    name,
                    old.spec(),
                    paused,
                    old.next(),
                    old.last(),
                    old.createdAt(),
                    old.updatedAt(),
                    old.epoch(),
                    old.rewinds());
            entry.lineUp();
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
                entries.values().stream()
                        .filter(entry -> entry.place != null && entry.placedAt.isAfter(now))
                        .sorted(Comparator.comparing((Entry entry) -> entry.placedAt)
                                .thenComparing(entry -> entry.schedule.name()))
                        .limit(max)
                        .forEach(entry -> afterTheClockWentBack(entry, now, lease));
                names = entries.values().stream()
                        .filter(entry -> entry.due(now))
                        .sorted(Comparator.comparing((Entry entry) -> entry.place)
                                .thenComparing(entry -> entry.schedule.name()))
                        .limit(max)
                        .map(entry -> entry.schedule.name())
                        .toList();
                names.forEach(name -> place(entries.get(name), now.plus(lease), now));
                if (!names.isEmpty()) {
                    receipts.put(claimant, new Receipt(token, names, now.plus(lease)));
                }
            }
            Optional<Duration> nextDue = entries.values().stream()
                    .filter(entry -> entry.due(Instant.MAX))
                    .map(entry -> entry.place)
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
    public Uni<Optional<Duration>> nextDue() {
        return locked(() -> {
            Instant now = now();
            return entries.values().stream()
                    .filter(entry -> entry.place != null)
                    .map(entry -> entry.placedAt.isAfter(now) ? now : entry.place)
                    .min(Comparator.naturalOrder())
                    .map(first -> first.isBefore(now) ? Duration.ZERO : Duration.between(now, first));
        });
    }

    @Override
    public Uni<Boolean> advance(Schedule seen, NextRun next, Optional<Schedule.Run> last) {
        return locked(() -> {
            Entry entry = entries.get(seen.name());
            if (entry == null
                    || !entry.schedule.epoch().equals(seen.epoch())
                    || entry.schedule.rewinds() != seen.rewinds()
                    || seen.next().isEmpty()
                    || !entry.schedule.next().equals(seen.next())) {
                return false;
            }
            Schedule old = entry.schedule;
            boolean back =
                    next.at().filter(run -> run.isBefore(seen.next().get())).isPresent();
            entry.schedule = new Schedule(
                    old.name(),
                    old.spec(),
                    old.paused(),
                    next.at(),
                    last.or(old::last),
                    old.createdAt(),
                    old.updatedAt(),
                    old.epoch(),
                    old.rewinds() + (back ? 1 : 0));
            entry.timedAt = next.timedAt();
            entry.lineUp();
            return true;
        });
    }

    private static void afterTheClockWentBack(Entry entry, Instant now, Duration lease) {
        Instant end = now.plus(lease);
        Instant longest = entry.place.isBefore(end) ? entry.place : end;
        place(entry, entry.isInHand() ? longest : now, now);
    }

    private static void place(Entry entry, Instant place, Instant now) {
        entry.place = place;
        entry.placedAt = now;
    }

    private static boolean wentBack(Entry entry, Instant to) {
        return entry.timedAt.isAfter(to) || (entry.place != null && entry.placedAt.isAfter(to));
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
