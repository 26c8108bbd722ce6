package io.mainstay.stores;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.LogLine;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.History;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** A store of queues that are kept in several places: whatever is read of one job is looked for in the same places. */
public abstract class JobReads implements JobStore {

    /** @return what is read of the job, from whichever place has it; empty if none has */
    protected abstract <T> Uni<Optional<T>> read(QueueName queue, JobId id, JobRead<T> read);

    @Override
    public final Uni<Optional<Job>> find(QueueName queue, JobId id) {
        return read(queue, id, JobStore::find);
    }

    @Override
    public final Uni<Optional<JobState>> state(QueueName queue, JobId id) {
        return read(queue, id, JobStore::state);
    }

    @Override
    public final Uni<Optional<History>> history(QueueName queue, JobId id) {
        return read(queue, id, JobStore::history);
    }

    @Override
    public final Uni<Optional<List<LogLine>>> log(QueueName queue, JobId id) {
        return read(queue, id, JobStore::log);
    }

    @Override
    public final Uni<Optional<Explanation>> explain(QueueName queue, JobId id) {
        return read(queue, id, JobStore::explain);
    }
}
