package io.mainstay.api;

import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.ParentLookup;
import io.mainstay.queue.WaitReason;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.queue.route.TargetTrouble;
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
        String busy = busy(caller);
        if (why.reason() == WaitReason.IN_LINE && target != null && targets.isLeftAlone(target)) {
            return Uni.createFrom().item(ExplanationView.ofTarget(why, busy, caller));
        }
        return announcements
                .availability(why.job().queue(), why.job().spec().handler())
                .onFailure(StoreUnavailableException.class)
                .recoverWithItem(Availability.AVAILABLE)
                .map(availability -> ExplanationView.of(why, availability, busy, caller));
    }

    /** Which target most workers work for may be no business of one who sees some queues only. */
    private String busy(Caller caller) {
        if (workers.busy() < workers.concurrency()) {
            return "";
        }
        boolean named = caller.queues().matchAll();
        return " All %d workers of this instance are busy%s."
                .formatted(
                        workers.concurrency(),
                        targets.largest()
                                .map(most -> ", %d of them with requests to %s"
                                        .formatted(most.workers(), named ? most.target() : "one target"))
                                .orElse(""));
    }
}
