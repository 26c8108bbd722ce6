package io.mainstay.api;

import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.Explanation.BusyTarget;
import io.mainstay.queue.ParentLookup;
import io.mainstay.queue.WaitReason;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.queue.route.TargetTrouble;
import io.mainstay.queue.route.TargetTrouble.Holder;
import io.mainstay.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Adds to what the store knows of a job that waits what others know: its flow, the instances, this one's workers. Thread-safe. */
@Singleton
class Explainer {

    private final ParentLookup parents;
    private final Announcements announcements;
    private final TargetTrouble targets;
    private final WorkerStatus workers;
    private final HeldHandlers held;

    Explainer(
            ParentLookup parents,
            Announcements announcements,
            TargetTrouble targets,
            WorkerStatus workers,
            HeldHandlers held) {
        this.parents = parents;
        this.announcements = announcements;
        this.targets = targets;
        this.workers = workers;
        this.held = held;
    }

    /** @param caller as it was when the request began: by now there may be none to ask */
    Uni<ExplanationView> view(Explanation why, Caller caller) {
        return switch (why.reason()) {
            case WAITING_FOR_PARENTS ->
                parents.holding(why.job().id()).map(holding -> ExplanationView.of(why, holding, caller));
            case NOT_DUE, BACKOFF, SNOOZED, DUE, PAUSED, IN_LINE -> waiting(why, caller);
            default -> Uni.createFrom().item(ExplanationView.of(why, caller));
        };
    }

    private Uni<ExplanationView> waiting(Explanation why, Caller caller) {
        Optional<Hold> hold = held.hold(why.job().spec().handler());
        if (why.reason() == WaitReason.IN_LINE && hold.isPresent()) {
            return Uni.createFrom().item(ExplanationView.ofHeld(why, hold.get(), caller));
        }
        String target = why.job().spec().options().target();
        String busy = why.reason() == WaitReason.IN_LINE ? busy(why, caller) : "";
        if (why.reason() == WaitReason.IN_LINE && target != null && targets.isLeftAlone(target)) {
            return Uni.createFrom().item(ExplanationView.ofTarget(why, busy, caller));
        }
        return announcements
                .availability(why.job().queue(), why.job().spec().handler())
                .onFailure(StoreUnavailableException.class)
                .recoverWithItem(Availability.AVAILABLE)
                .map(availability -> ExplanationView.of(why, availability, busy, caller));
    }

    /** What keeps workers from a job in line: here as far as this instance has workers, and in its queue, wherever it runs. */
    private String busy(Explanation why, Caller caller) {
        String target = why.job().spec().options().target();
        Optional<Holder> own = target == null ? Optional.empty() : targets.full(target);
        boolean allBusy = workers.busy() >= workers.concurrency();
        StringBuilder busy = new StringBuilder();
        if (allBusy) {
            busy.append(allBusy(why, caller));
        } else if (own.isPresent()) {
            busy.append(" Its target, %s, has reached its share of this instance's workers, %d of %d."
                    .formatted(target, own.get().workers(), workers.concurrency()));
        }
        why.waiting()
                .busiest()
                .filter(BusyTarget::isMost)
                .ifPresent(most -> busy.append(" %d of %d running jobs of the queue are requests to %s."
                        .formatted(most.jobs(), most.of(), named(most.target(), why, caller))));
        return busy.toString();
    }

    private String allBusy(Explanation why, Caller caller) {
        String most = targets.largest()
                .map(largest -> ", %d of them with requests to %s"
                        .formatted(largest.workers(), named(largest.target(), why, caller)))
                .orElse("");
        return " All %d workers of this instance are busy%s.".formatted(workers.concurrency(), most);
    }

    /** Which target others' jobs go to may be no business of one who sees some queues only. */
    private static String named(String target, Explanation why, Caller caller) {
        boolean own = target.equals(why.job().spec().options().target());
        return own || caller.queues().matchAll() ? target : "one target";
    }
}
