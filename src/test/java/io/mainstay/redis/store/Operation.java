package io.mainstay.redis.store;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.job.FlowId;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.search.JobFilter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One call of a model run: put to either side, answered as text that must be the same. */
interface Operation {

    String on(ModelSide side);

    record Enqueue(NewJob job) implements Operation {
        @Override
        public String on(ModelSide side) {
            return Sketch.of(side.answer(side.store().jobs().enqueue(job)));
        }
    }

    record Find(QueueName queue, JobId id) implements Operation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().jobs().find(queue, id))
                    .map(job -> Sketch.of(job)
                            + Sketch.ofNotes(
                                    job,
                                    side.answer(side.store().jobs().log(queue, id))
                                            .orElseThrow()))
                    .orElse("none");
        }
    }

    record Note(QueueName queue, List<JobNote> notes) implements Operation {
        @Override
        public String on(ModelSide side) {
            return "noted " + side.answer(side.store().leases().note(queue, notes));
        }
    }

    record Explain(QueueName queue, JobId id) implements Operation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().jobs().explain(queue, id))
                    .map(Sketch::of)
                    .orElse("none");
        }
    }

    /** A page; with {@code goOn}, the one after the latest page of that state, however long ago that was. */
    record ListPage(QueueName queue, JobState state, boolean goOn, int limit, JobFilter filter) implements Operation {
        @Override
        public String on(ModelSide side) {
            String place = queue + "/" + state;
            Optional<String> cursor = goOn ? Optional.ofNullable(side.cursors().get(place)) : Optional.empty();
            PageRequest asked = new PageRequest(state, cursor, limit, filter, filter.isAll() ? limit : 2 * limit);
            var page = side.answer(side.store().jobs().list(queue, asked, EnumSet.allOf(JobPart.class)));
            page.next().ifPresentOrElse(next -> side.cursors().put(place, next), () -> side.cursors()
                    .remove(place));
            return Sketch.of(page);
        }
    }

    record Cancel(QueueName queue, JobId id) implements Operation {
        @Override
        public String on(ModelSide side) {
            return Sketch.of(side.answer(side.store().jobs().cancel(queue, id)));
        }
    }

    record Requeue(QueueName queue, JobId id, String request) implements Operation {
        @Override
        public String on(ModelSide side) {
            return Sketch.of(side.answer(side.store().jobs().requeue(queue, id, request)));
        }
    }

    record Reschedule(QueueName queue, JobId id, Rescheduling change, String request) implements Operation {
        @Override
        public String on(ModelSide side) {
            return Sketch.of(side.answer(side.store().jobs().reschedule(queue, id, change, request)));
        }
    }

    record ChangeLimits(QueueName queue, LimitsPatch patch) implements Operation {
        @Override
        public String on(ModelSide side) {
            side.answer(side.store().jobs().changeLimits(queue, patch));
            return "done";
        }
    }

    /** With {@code goOn}, from where the latest one like it stopped. */
    record BulkChange(QueueName queue, BulkAction action, JobState state, JobFilter filter, boolean goOn, String token)
            implements Operation {
        @Override
        public String on(ModelSide side) {
            String place = "many " + queue + "/" + state;
            Optional<String> cursor = goOn ? Optional.ofNullable(side.cursors().get(place)) : Optional.empty();
            BulkActionRequest request = new BulkActionRequest(action, filter, new PageRequest(state, cursor, 3), token);
            var done = side.answer(side.store().bulkActions().change(queue, request));
            done.next().ifPresentOrElse(next -> side.cursors().put(place, next), () -> side.cursors()
                    .remove(place));
            String changes = done.changes().stream()
                    .map(change ->
                            change.id() + " " + change.handler() + " " + change.state() + " #" + change.attempt())
                    .toList()
                    .toString();
            return action
                    + (done.count() > 0 ? " some " : " none ")
                    + done.count()
                    + changes
                    + (done.next().isPresent() ? " and more" : " and no more");
        }
    }

    record SetPaused(QueueName queue, boolean paused) implements Operation {
        @Override
        public String on(ModelSide side) {
            side.answer(side.store().jobs().setPaused(queue, paused));
            return "done";
        }
    }

    record SetLimits(QueueName queue, QueueLimits limits) implements Operation {
        @Override
        public String on(ModelSide side) {
            side.answer(side.store().jobs().setLimits(queue, limits));
            return "done";
        }
    }

    record PauseHandler(QueueName queue, HandlerName handler, boolean paused) implements Operation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().jobs().setPaused(queue, handler, paused)) ? "done" : "refused";
        }
    }

    record Claim(ClaimRequest request) implements Operation {
        @Override
        public String on(ModelSide side) {
            return Sketch.of(side.claim(request));
        }
    }

    record Settle(QueueName queue, List<Settlement> reports) implements Operation {
        @Override
        public String on(ModelSide side) {
            return side.answer(side.store().leases().settle(queue, reports)).toString();
        }
    }

    record Extend(QueueName queue, List<Lease> leases, Duration duration) implements Operation {
        @Override
        public String on(ModelSide side) {
            var lost = side.answer(side.store().leases().extend(queue, leases, duration));
            return "lost " + lost + " revoked "
                    + side.answer(side.store().leases().revoked(queue));
        }
    }

    /** All queues are looked at right before, so that both sides measure the step from the same moment. */
    record StepClock(Duration by) implements Operation {

        private static final Duration WHEN_LOOKS_ARE_NOTED = Duration.ofMillis(5001);

        @Override
        public String on(ModelSide side) {
            side.store().step(WHEN_LOOKS_ARE_NOTED);
            StringBuilder seen = new StringBuilder(by.isNegative() ? "stepped back" : "stepped forward");
            for (QueueName queue : OperationSource.QUEUES) {
                var sweep = SomeClaim.of(queue, "sweeper", "sweep", 0, Duration.ofHours(1));
                seen.append('\n').append(Sketch.of(side.claim(sweep)));
            }
            side.answer(side.store().flows().find(new FlowId("none")));
            side.store().step(by);
            return seen.toString();
        }
    }

    record Prune(QueueName queue, Retention retention) implements Operation {
        @Override
        public String on(ModelSide side) {
            return "pruned " + side.answer(side.store().leases().prune(queue, retention));
        }
    }

    /** Everything there is to see of some queues, in order. */
    record Survey(List<QueueName> queues) implements Operation {
        @Override
        public String on(ModelSide side) {
            StringBuilder seen = new StringBuilder("known ").append(side.store().allQueues());
            for (var figures : side.answer(side.store().jobs().figures(queues))) {
                seen.append('\n').append(Sketch.of(figures));
                List<QueueName> queue = List.of(figures.queue());
                side.answer(side.store().loads().loads(queue, SomeClaim.HANDLERS))
                        .forEach(load -> seen.append(' ').append(Sketch.of(load)));
                seen.append(' ').append(deadByError(side, figures.queue()));
                for (JobState state : JobState.values()) {
                    var all = new PageRequest(state, Optional.empty(), PageRequest.MOST);
                    var page =
                            side.answer(side.store().jobs().list(figures.queue(), all, EnumSet.allOf(JobPart.class)));
                    seen.append("\n  ").append(state).append(' ').append(Sketch.of(page));
                    if (state == JobState.READY) {
                        page.jobs().forEach(job -> seen.append(' ')
                                .append(side.answer(side.store().jobs().explain(job.queue(), job.id()))
                                        .orElseThrow()
                                        .reason()));
                    }
                }
            }
            return seen.toString();
        }

        /** How many jobs are dead of each handler and type of error. The stores word messages of their own differently. */
        private static Map<String, Long> deadByError(ModelSide side, QueueName queue) {
            List<String> all = side.answer(side.store().errors().seen(queue)).stream()
                    .map(ErrorStore.Seen::fingerprint)
                    .toList();
            return side.answer(side.store().errors().read(queue, all)).stream()
                    .collect(Collectors.groupingBy(
                            group -> group.handler() + " " + group.type(),
                            TreeMap::new,
                            Collectors.summingLong(ErrorGroup::jobs)));
        }
    }
}
