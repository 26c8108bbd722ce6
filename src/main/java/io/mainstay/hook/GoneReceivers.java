package io.mainstay.hook;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Disables hooks whose receiver answered 410: it wants no more of them. Should the instance that has seen the answer end before, the next
 * notice is answered likewise. Thread-safe.
 */
@Singleton
class GoneReceivers implements JobObserver {

    private static final Logger LOG = Logger.getLogger(GoneReceivers.class);
    private static final String GONE = "http-410";

    private final JobStore jobs;
    private final HookStore store;
    private final KnownHooks hooks;
    private final JobIds tokens;

    GoneReceivers(JobStore jobs, HookStore store, KnownHooks hooks, JobIds tokens) {
        this.jobs = jobs;
        this.store = store;
        this.hooks = hooks;
        this.tokens = tokens;
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (became == JobState.DEAD && attempt.queue().logical().equals(QueueName.HOOKS)) {
            jobs.find(attempt.queue(), attempt.id())
                    .chain(found ->
                            found.map(this::look).orElse(Uni.createFrom().voidItem()))
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> LOG.debug("the reason why a notice was refused could not be read", failure));
        }
    }

    private Uni<Void> look(Job job) {
        List<AttemptError> errors = job.status().errors();
        if (errors.isEmpty() || !errors.get(errors.size() - 1).type().equals(GONE)) {
            return Uni.createFrom().voidItem();
        }
        Optional<HookName> name = NoticeJobs.hookOf(job.id());
        return name.isEmpty() ? Uni.createFrom().voidItem() : hooks.refresh().chain(() -> disable(name.get(), job));
    }

    /** One that goes elsewhere by now stays. */
    private Uni<Void> disable(HookName name, Job job) {
        KnownHook known = hooks.all().get(name);
        if (known == null
                || !known.enabled()
                || !NoticeJobs.goesTo(known.hook().url(), job.spec().payload())) {
            return Uni.createFrom().voidItem();
        }
        return store.disable(name, known.change(), tokens.nextToken())
                .invoke(done -> {
                    if (done) {
                        LOG.warnf(
                                "Hook %s is disabled because its receiver answered 410; no notices are sent until it is put again",
                                name);
                    }
                })
                .chain(hooks::refresh);
    }
}
