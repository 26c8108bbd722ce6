package io.mainstay.schedule;

import io.mainstay.job.ScheduleName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** A store in another one's place. */
interface ScheduleStoreWrapper extends ScheduleStore {

    ScheduleStore store();

    /** What becomes of a call. */
    <T> Uni<T> around(String call, Uni<T> answer);

    @Override
    default Uni<SchedulePut> put(ScheduleName name, ScheduleSpec spec, NextRun next, String revision, int most) {
        return around("put", store().put(name, spec, next, revision, most));
    }

    @Override
    default Uni<ScheduleSighting> find(ScheduleName name) {
        return around("find", store().find(name));
    }

    @Override
    default Uni<SchedulePage> list(Optional<String> after, int limit) {
        return around("list", store().list(after, limit));
    }

    @Override
    default Uni<Void> delete(ScheduleName name) {
        return around("delete", store().delete(name));
    }

    @Override
    default Uni<Optional<Schedule>> setPaused(ScheduleName name, boolean paused) {
        return around("setPaused", store().setPaused(name, paused));
    }

    @Override
    default Uni<DueSchedules> claim(String claimant, String token, int max, Duration lease) {
        return around("claim", store().claim(claimant, token, max, lease));
    }

    @Override
    default Uni<Optional<Duration>> nextDue() {
        return around("nextDue", store().nextDue());
    }

    @Override
    default Uni<Boolean> advance(Schedule seen, NextRun next, Optional<Schedule.Run> last) {
        return around("advance", store().advance(seen, next, last));
    }
}
