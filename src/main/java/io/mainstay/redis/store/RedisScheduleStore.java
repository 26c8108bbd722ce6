package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.ScheduleName;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.schedule.DueSchedules;
import io.mainstay.schedule.NextRun;
import io.mainstay.schedule.Schedule;
import io.mainstay.schedule.SchedulePage;
import io.mainstay.schedule.SchedulePut;
import io.mainstay.schedule.ScheduleSighting;
import io.mainstay.schedule.ScheduleSpec;
import io.mainstay.schedule.ScheduleStore;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@link ScheduleStore} in Redis. */
final class RedisScheduleStore implements ScheduleStore {

    private static final Logger LOG = Logger.getLogger(RedisScheduleStore.class);

    private final RedisCalls calls;
    private final ShardClocks clocks;
    /** As the clock was at the latest claim: one that has been set back since asks for another. */
    private volatile ShardClocks.Looked claimed;

    RedisScheduleStore(RedisCalls calls, ShardClocks clocks) {
        this.calls = calls;
        this.clocks = clocks;
    }

    @Override
    public Uni<SchedulePut> put(ScheduleName name, ScheduleSpec spec, NextRun next, String revision, int most) {
        List<String> args = new ArrayList<>(List.of(
                name.value(),
                revision,
                Integer.toString(most),
                ScheduleCodec.millis(next.at()),
                Long.toString(next.timedAt().toEpochMilli())));
        args.addAll(ScheduleCodec.write(spec));
        return calls.run(Script.SCHEDULE_PUT, allKeys(name), args).map(answer -> {
            String what = answer.get(0).toString();
            return "full".equals(what)
                    ? new SchedulePut.Full()
                    : new SchedulePut.Stored(ScheduleCodec.read(name, answer.get(1)), "created".equals(what));
        });
    }

    @Override
    public Uni<ScheduleSighting> find(ScheduleName name) {
        return calls.run(Script.SCHEDULE_GET, List.of(ScheduleKeys.schedule(name)), List.of())
                .map(answer -> new ScheduleSighting(time(answer.get(0)), ifThere(name, answer.get(1))));
    }

    @Override
    public Uni<SchedulePage> list(Optional<String> after, int limit) {
        List<String> args = List.of(
                ScheduleKeys.PREFIX,
                after.map(name -> new ScheduleName(name).value()).orElse(""),
                Integer.toString(limit));
        return calls.run(Script.SCHEDULE_LIST, List.of(ScheduleKeys.NAMES), args)
                .map(answer -> {
                    boolean more = answer.get(0).toInteger() == 1;
                    return new SchedulePage(
                            readable(answer, 1),
                            more
                                    ? Optional.of(
                                            answer.get(answer.size() - 1).get(0).toString())
                                    : Optional.empty());
                });
    }

    @Override
    public Uni<Void> delete(ScheduleName name) {
        return calls.run(Script.SCHEDULE_DELETE, allKeys(name), List.of(name.value()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<Schedule>> setPaused(ScheduleName name, boolean paused) {
        List<String> keys = List.of(ScheduleKeys.schedule(name), ScheduleKeys.DUE, ScheduleKeys.TIMED);
        return calls.run(Script.SCHEDULE_PAUSE, keys, List.of(name.value(), paused ? "1" : "0"))
                .map(answer -> ifThere(name, answer));
    }

    @Override
    public Uni<DueSchedules> claim(String claimant, String token, int max, Duration lease) {
        List<String> keys = List.of(ScheduleKeys.DUE, ScheduleKeys.TIMED, ScheduleKeys.RECEIPTS);
        List<String> args =
                List.of(ScheduleKeys.PREFIX, token, Integer.toString(max), Long.toString(lease.toMillis()), claimant);
        ShardClocks.Looked look = clocks.look(ScheduleKeys.DUE);
        return calls.run(Script.SCHEDULE_CLAIM, keys, args).map(answer -> {
            claimed = look;
            long wait = answer.get(1).toLong();
            return new DueSchedules(
                    time(answer.get(0)),
                    wait < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(wait)),
                    readable(answer, 2));
        });
    }

    @Override
    public Uni<Optional<Duration>> nextDue() {
        return calls.run(LinkKind.CLAIMS, Command.ZRANGE, ScheduleKeys.DUE, "0", "0", "WITHSCORES")
                .flatMap(first -> first.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : clocks.now(ScheduleKeys.DUE).map(now -> Optional.of(until(first, now))));
    }

    private Duration until(Response first, long now) {
        if (!clocks.look(ScheduleKeys.DUE).equals(claimed)) {
            return Duration.ZERO;
        }
        // By its third protocol Redis answers a pair.
        Response score = first.size() == 1 ? first.get(0).get(1) : first.get(1);
        return Duration.ofMillis(Math.max(0, score.toDouble().longValue() - now));
    }

    @Override
    public Uni<Boolean> advance(Schedule seen, NextRun next, Optional<Schedule.Run> last) {
        List<String> keys = List.of(ScheduleKeys.schedule(seen.name()), ScheduleKeys.DUE, ScheduleKeys.TIMED);
        List<String> args = List.of(
                seen.name().value(),
                seen.epoch(),
                Integer.toString(seen.rewinds()),
                ScheduleCodec.millis(seen.next()),
                ScheduleCodec.millis(next.at()),
                Long.toString(next.timedAt().toEpochMilli()),
                ScheduleCodec.millis(last.map(Schedule.Run::at)),
                last.map(run -> run.job().value()).orElse(""));
        return calls.run(Script.SCHEDULE_ADVANCE, keys, args).map(answer -> answer.toInteger() == 1);
    }

    private static List<String> allKeys(ScheduleName name) {
        return List.of(ScheduleKeys.schedule(name), ScheduleKeys.NAMES, ScheduleKeys.DUE, ScheduleKeys.TIMED);
    }

    private static Optional<Schedule> ifThere(ScheduleName name, Response fields) {
        return ScheduleCodec.there(fields) ? Optional.of(ScheduleCodec.read(name, fields)) : Optional.empty();
    }

    /** One that cannot be read must not hold up the others. */
    private static List<Schedule> readable(Response answer, int from) {
        List<Schedule> schedules = new ArrayList<>();
        for (int i = from; i < answer.size(); i++) {
            ScheduleName name = new ScheduleName(answer.get(i).get(0).toString());
            try {
                ifThere(name, answer.get(i).get(1)).ifPresent(schedules::add);
            } catch (RuntimeException e) {
                LOG.warnf(e, "schedule %s cannot be read and is left out", name);
            }
        }
        return schedules;
    }

    private static Instant time(Response millis) {
        return Instant.ofEpochMilli(millis.toLong());
    }
}
