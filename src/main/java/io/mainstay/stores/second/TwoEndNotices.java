package io.mainstay.stores.second;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.waiting.EndNotices;
import java.util.List;

/** {@link EndNotices} through two stores: a notice arrives through either. */
public final class TwoEndNotices implements EndNotices {

    private final EndNotices first;
    private final EndNotices second;

    public TwoEndNotices(EndNotices first, EndNotices second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void tellAwaited(QueueName queue, List<JobId> jobs) {
        first.tellAwaited(queue, jobs);
        second.tellAwaited(queue, jobs);
    }

    @Override
    public void tellEnded(QueueName queue, JobId job) {
        first.tellEnded(queue, job);
        second.tellEnded(queue, job);
    }

    @Override
    public void listen(Listener listener) {
        first.listen(listener);
        second.listen(listener);
    }

    /** One is enough: each message goes both ways. */
    @Override
    public boolean live() {
        return first.live() || second.live();
    }
}
