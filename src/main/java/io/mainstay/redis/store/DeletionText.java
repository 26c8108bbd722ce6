package io.mainstay.redis.store;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueueContents;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code delete_queue.lua} answers. */
final class DeletionText {

    private static final int FIRST_CANCELLED = 4;
    private static final int WORDS = 3;

    private DeletionText() {}

    static DeletionStep read(QueueName queue, Response answer) {
        Instant now = Instant.ofEpochMilli(answer.get(2).toLong());
        List<StateChange> cancelled = new ArrayList<>();
        for (int i = FIRST_CANCELLED; i < answer.size(); i += WORDS) {
            cancelled.add(new StateChange(
                    queue,
                    new JobId(answer.get(i).toString()),
                    new HandlerName(answer.get(i + 1).toString()),
                    JobState.CANCELLED,
                    answer.get(i + 2).toInteger(),
                    now));
        }
        return new DeletionStep(
                answer.get(0).toInteger() == 1, cancelled, answer.get(1).toInteger(), contents(answer.get(3)));
    }

    private static QueueContents contents(Response held) {
        int states = FiguresText.COUNTED.size();
        return new QueueContents(
                FiguresText.counts(held, 0),
                held.get(states).toLong(),
                held.get(states + 1).toLong(),
                held.get(states + 2).toInteger() == 1);
    }
}
