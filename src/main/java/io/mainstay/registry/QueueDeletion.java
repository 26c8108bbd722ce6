package io.mainstay.registry;

import io.mainstay.job.QueueName;
import java.util.List;

/**
 * What a request to delete a queue came to.
 *
 * @param gone whether it is gone; if not, the request is to be sent again
 * @param cancelled jobs that this request cancelled
 * @param deleted jobs that it deleted
 * @param schedules names of the schedules whose next run brings the queue back
 * @param left what it has still
 */
public record QueueDeletion(
        QueueName queue, boolean gone, long cancelled, long deleted, List<String> schedules, QueueContents left) {

    public QueueDeletion {
        schedules = List.copyOf(schedules);
    }
}
