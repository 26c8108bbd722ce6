package io.mainstay.jobtype;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.attempt.StartedAttempt;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Counts how attempts end whose handler may be held, and tells the store: failures within a fraction of a second, successes now and then,
 * nothing while there is nothing to tell. Where the failures seen here would do, no job of the handler is claimed until the store has
 * answered: so few attempts are spent beyond those of the policy. Thread-safe.
 */
@Singleton
class OutcomeCounts implements JobObserver {

    private static final Logger LOG = Logger.getLogger(OutcomeCounts.class);

    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);
    private static final int MOST_AT_ONCE = 100;

    private final Vertx vertx;
    private final HandlerStore store;
    private final DeclaredHandlers handlers;
    private final Holds holds;
    private final JobIds tokens;
    private final String instance;
    private final Map<HandlerName, Tally> tallies = new ConcurrentHashMap<>();
    private final Set<HandlerName> news = ConcurrentHashMap.newKeySet();
    private boolean telling;
    /** Whether somebody wants to be told at once, when the call under way is answered. */
    private boolean again;

    private long timer = -1;
    private long toldAt = System.nanoTime() - BETWEEN.toNanos();

    OutcomeCounts(Vertx vertx, HandlerStore store, DeclaredHandlers handlers, Holds holds, JobIds tokens) {
        this.vertx = vertx;
        this.store = store;
        this.handlers = handlers;
        this.holds = holds;
        this.tokens = tokens;
        this.instance = tokens.nextToken();
    }

    /** From here on it counts for whether to wait, so that nothing is claimed in its place before it is settled. */
    @Override
    public void failing(StartedAttempt attempt) {
        HoldPolicy policy = handlers.policy(attempt.handler());
        if (policy == null || attempt.queue().isPrivate()) {
            return;
        }
        if (tally(attempt.handler()).failing(policy, System.nanoTime())) {
            suspend(attempt.handler());
        }
    }

    @Override
    public void refused(StartedAttempt attempt) {
        if (handlers.policy(attempt.handler()) != null) {
            tally(attempt.handler()).refused();
        }
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        HoldPolicy policy = handlers.policy(attempt.handler());
        if (policy == null || attempt.queue().isPrivate() || became == JobState.READY) {
            return;
        }
        if (became == JobState.SUCCEEDED) {
            succeeded(attempt, policy, ran);
            return;
        }
        if (tally(attempt.handler()).failed(policy, System.nanoTime())) {
            suspend(attempt.handler());
        }
        tell(attempt.handler());
    }

    /** It ran and did not fail. */
    @Override
    public void snoozed(StartedAttempt attempt, Duration ran) {
        HoldPolicy policy = handlers.policy(attempt.handler());
        if (policy != null && !attempt.queue().isPrivate()) {
            succeeded(attempt, policy, ran);
        }
    }

    private void succeeded(StartedAttempt attempt, HoldPolicy policy, Duration ran) {
        Hold hold = handlers.held().get(attempt.handler());
        boolean held = hold != null && !attempt.startedAt().isBefore(hold.since());
        boolean news = tally(attempt.handler())
                .succeeded(policy, attempt.startedAt(), attempt.startedAt().plus(ran), held, System.nanoTime());
        if (news) {
            tell(attempt.handler());
        }
    }

    /** Until it is known whether it is to be held. */
    private void suspend(HandlerName handler) {
        holds.suspend(handler);
        tell(handler);
    }

    private Tally tally(HandlerName handler) {
        Tally known = tallies.get(handler);
        return known != null ? known : tallies.computeIfAbsent(handler, name -> new Tally(name, System.nanoTime()));
    }

    private void tell(HandlerName handler) {
        if (news.add(handler)) {
            Duration since = Duration.ofNanos(System.nanoTime() - toldAt());
            tellIn(since.compareTo(BETWEEN) >= 0 ? Duration.ZERO : BETWEEN.minus(since));
        }
    }

    private synchronized long toldAt() {
        return toldAt;
    }

    private synchronized void tellIn(Duration wait) {
        if (telling) {
            again = true;
        } else if (timer < 0) {
            timer = vertx.setTimer(Math.max(1, wait.toMillis()), fired -> tellNow());
        }
    }

    private void tellNow() {
        List<HandlerName> names = begin();
        if (names.isEmpty()) {
            return;
        }
        List<HandlerStore.Outcomes> outcomes =
                names.stream().map(name -> tally(name).outcomes()).toList();
        store.count(instance, tokens.nextToken(), outcomes)
                .subscribe()
                .with(answers -> told(outcomes, answers), failure -> failed(names, failure));
    }

    private synchronized List<HandlerName> begin() {
        timer = -1;
        toldAt = System.nanoTime();
        List<HandlerName> names =
                new ArrayList<>(news).stream().limit(MOST_AT_ONCE).toList();
        names.forEach(news::remove);
        telling = !names.isEmpty();
        return names;
    }

    private void told(List<HandlerStore.Outcomes> outcomes, List<HandlerStore.Counted> answers) {
        boolean changed = false;
        for (int i = 0; i < answers.size(); i++) {
            HandlerStore.Counted answer = answers.get(i);
            HandlerName handler = outcomes.get(i).handler();
            tally(handler).counted(handlers.policy(handler), outcomes.get(i), answer, System.nanoTime());
            changed |= answer.held().isPresent() != handlers.held().containsKey(handler);
        }
        Runnable goOn = () -> outcomes.forEach(each -> goOn(each.handler()));
        if (changed) {
            // First, or they would be claimed for a moment.
            handlers.refresh().subscribe().with(done -> goOn.run(), failure -> goOn.run());
        } else {
            goOn.run();
        }
        end(BETWEEN);
    }

    /** Unless what has failed meanwhile would do. */
    private void goOn(HandlerName handler) {
        HoldPolicy policy = handlers.policy(handler);
        if (policy == null || !tally(handler).doubtful(policy, System.nanoTime())) {
            holds.goOn(handler);
        } else if (!holds.held(handler)) {
            tell(handler);
        }
    }

    /** What was not counted is told again; meanwhile nothing waits for it. */
    private void failed(List<HandlerName> names, Throwable failure) {
        LOG.debugf(
                failure,
                "Outcomes of %d handlers could not be recorded; trying again in %s",
                names.size(),
                AFTER_FAILURE);
        names.forEach(name -> {
            tally(name).unanswered(AFTER_FAILURE.multipliedBy(2), System.nanoTime());
            holds.goOn(name);
            news.add(name);
        });
        end(AFTER_FAILURE);
    }

    private synchronized void end(Duration wait) {
        telling = false;
        boolean more = again || !news.isEmpty();
        again = false;
        if (more) {
            tellIn(wait);
        }
    }
}
