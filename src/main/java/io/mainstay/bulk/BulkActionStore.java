package io.mainstay.bulk;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;

/** Changes many jobs of a queue. The rules of {@link JobStore} hold here too. */
public interface BulkActionStore {

    /**
     * Looks at some jobs of a state in that state's order and changes those that match, all at one moment. It may look
     * at fewer than it was asked to, if they are large; then it says where to continue.
     */
    Uni<BulkChanges> change(QueueName queue, BulkActionRequest request);

    /** Looks at the same jobs, changes none, and tells how many match. */
    Uni<BulkChanges> count(QueueName queue, BulkActionRequest request);
}
