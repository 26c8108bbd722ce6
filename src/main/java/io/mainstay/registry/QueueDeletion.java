package io.mainstay.registry;

import io.mainstay.job.QueueName;
import java.util.List;

/**
 * The result of a request to delete a queue.
 *
 * @param gone whether it is gone; if not, repeat the request
 * @param cancelled jobs that this request cancelled
 * @param deleted jobs that it deleted
 * @param schedules names of the schedules whose next run brings the queue back
 * @param left what it still has
 */
public record QueueDeletion(
        QueueName queue, boolean gone, long cancelled, long deleted, List<String> schedules, QueueContents left) {

    public QueueDeletion {
        schedules = List.copyOf(schedules);
    }
}
