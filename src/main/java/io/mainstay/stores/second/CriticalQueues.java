package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import java.util.List;

/** Tells which queues are critical: they are in both stores. Thread-safe; answers at once, from memory. */
public interface CriticalQueues {

    /** @param queue as callers know it; a place is what it is, and no critical queue */
    boolean has(QueueName queue);

    List<QueueName> all();
}
