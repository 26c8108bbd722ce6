package io.mainstay.workers;

import io.mainstay.queue.Serving;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.health.InstanceHealth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a worker says of itself.
 *
 * @param version of what it runs, if it says one
 * @param concurrency how many jobs it runs at the same time, if it says so
 * @param serving whose jobs it runs
 * @param running how many it runs; of a remote worker 0, as that is in the queues
 * @param jobs some of these
 * @param health of an instance, what it says of its own state
 */
public record WorkerProfile(
        Optional<String> version,
        OptionalInt concurrency,
        Serving serving,
        int running,
        List<RunningJob> jobs,
        Optional<InstanceHealth> health) {

    public WorkerProfile {
        jobs = List.copyOf(jobs);
    }

    public WorkerProfile(
            Optional<String> version, OptionalInt concurrency, Serving serving, int running, List<RunningJob> jobs) {
        this(version, concurrency, serving, running, jobs, Optional.empty());
    }

    public static WorkerProfile ofRemote(Optional<String> version, OptionalInt concurrency, Serving serving) {
        return new WorkerProfile(version, concurrency, serving, 0, List.of());
    }
}
