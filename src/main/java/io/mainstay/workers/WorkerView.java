package io.mainstay.workers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.names.WorkerName;
import io.mainstay.security.QueuePatterns;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A worker as shown to a caller who may know of some queues. Null members are not shown.
 *
 * @param drain {@code false}, or a {@link DrainView}
 * @param health of an instance
 * @param recoveries of an instance, the latest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record WorkerView(
        String name,
        String kind,
        String version,
        String since,
        String seen,
        List<String> queues,
        List<String> handlers,
        Integer concurrency,
        int running,
        List<JobView> jobs,
        Object drain,
        HealthView health,
        List<RecoveryView> recoveries) {

    private static final Serving NOTHING = new Serving(Set.of(), Set.of());

    /** A job that a worker runs. */
    @RegisterForReflection
    public record JobView(String queue, String id, String handler, String startedAt) {

        private static JobView of(RunningJob job) {
            return new JobView(
                    job.queue().value(),
                    job.id().value(),
                    job.handler().value(),
                    job.startedAt().toString());
        }
    }

    /** Until when a worker takes no jobs. */
    @RegisterForReflection
    public record DrainView(String until) {}

    /** Whether it may run jobs of queues that the caller may know of. A worker of which only the name is known is for those who see all. */
    static boolean isVisible(KnownWorker worker, QueuePatterns seen) {
        if (seen.matchAll()) {
            return true;
        }
        return worker.profile()
                .map(WorkerProfile::serving)
                .filter(serving -> serving.queues().isEmpty()
                        || serving.queues().stream().anyMatch(queue -> seen.matches(queue.value())))
                .isPresent();
    }

    static WorkerView of(KnownWorker worker, Map<String, HeldJobs.OfWorker> held, QueuePatterns seen) {
        Optional<WorkerProfile> profile = worker.profile();
        boolean remote = worker.id().kind() == WorkerKind.REMOTE;
        HeldJobs.OfWorker jobs = remote
                ? held.getOrDefault(WorkerName.inTokens(worker.id().name()), new HeldJobs.OfWorker(0, List.of()))
                : new HeldJobs.OfWorker(
                        profile.map(WorkerProfile::running).orElse(0),
                        profile.map(WorkerProfile::jobs).orElse(List.of()));
        OptionalInt concurrency = profile.map(WorkerProfile::concurrency).orElse(OptionalInt.empty());
        return new WorkerView(
                worker.id().name(),
                worker.id().kind().wireName(),
                profile.flatMap(WorkerProfile::version).orElse(null),
                worker.since().toString(),
                worker.seen().toString(),
                profile.map(said -> queues(said.serving(), seen)).orElse(List.of()),
                profile.map(WorkerProfile::serving).orElse(NOTHING).handlers().stream()
                        .map(Object::toString)
                        .sorted()
                        .toList(),
                concurrency.isPresent() ? (Integer) concurrency.getAsInt() : null,
                jobs.count(),
                jobs.some().stream()
                        .filter(job -> seen.matches(job.queue().value()))
                        .map(JobView::of)
                        .toList(),
                worker.drainedUntil()
                        .map(until -> (Object) new DrainView(until.toString()))
                        .orElse(false),
                profile.flatMap(WorkerProfile::health)
                        .map(health -> HealthView.of(health, worker.seen()))
                        .orElse(null),
                remote ? null : RecoveryView.all(worker.recoveries()));
    }

    private static List<String> queues(Serving serving, QueuePatterns seen) {
        return serving.queues().isEmpty()
                ? List.of("*")
                : serving.queues().stream()
                        .map(Object::toString)
                        .filter(seen::matches)
                        .sorted()
                        .toList();
    }
}
