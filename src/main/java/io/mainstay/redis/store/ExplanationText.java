package io.mainstay.redis.store;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.WaitReason;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what explain.lua answers. */
final class ExplanationText {

    /** Places in the answer. */
    private static final int NOW = 0;

    private static final int PAUSED = 1;
    private static final int RUNNING = 2;
    private static final int AHEAD = 3;
    private static final int LEASE_END = 4;
    private static final int TOKEN = 5;
    private static final int FIELDS = 6;
    private static final int LIMIT = 7;
    private static final int BLOCKERS = 8;
    private static final int BUSIEST = 9;
    /** Words of each blocker. */
    private static final int WORDS = 3;

    private ExplanationText() {}

    /** @throws JobCodec.UnreadableJobException if what is stored under the id does not make a job */
    static Optional<Explanation> read(QueueName queue, JobId id, Response answer) {
        if (answer.size() <= FIELDS) {
            return Optional.empty();
        }
        Job job = JobCodec.readWithoutPayload(queue, id, answer.get(FIELDS));
        long ahead = answer.get(AHEAD).toLong();
        return Optional.of(new Explanation(
                job,
                Instant.ofEpochMilli(answer.get(NOW).toLong()),
                answer.get(PAUSED).toInteger() == 1,
                answer.get(RUNNING).toLong(),
                ahead < 0 ? OptionalLong.empty() : OptionalLong.of(ahead),
                lease(job, answer),
                new Explanation.Waiting(
                        limit(answer.get(LIMIT).toString()),
                        blockers(answer.get(BLOCKERS)),
                        busiest(answer.get(BUSIEST)))));
    }

    private static Optional<WaitReason> limit(String name) {
        return Arrays.stream(WaitReason.values())
                .filter(reason -> reason.wireName().equals(name))
                .findFirst();
    }

    private static List<Explanation.Blocker> blockers(Response found) {
        List<Explanation.Blocker> blockers = new ArrayList<>();
        for (int i = 0; i < found.size(); i += WORDS) {
            blockers.add(new Explanation.Blocker(
                    new JobId(found.get(i).toString()),
                    JobState.ofWireName("state", found.get(i + 1).toString()),
                    Instant.ofEpochMilli(Long.parseLong(found.get(i + 2).toString()))));
        }
        return blockers;
    }

    private static Optional<Explanation.BusyTarget> busiest(Response found) {
        return found.size() == 0
                ? Optional.empty()
                : Optional.of(new Explanation.BusyTarget(
                        found.get(0).toString(),
                        found.get(1).toInteger(),
                        found.get(2).toInteger()));
    }

    private static Optional<Explanation.HeldLease> lease(Job job, Response answer) {
        String end = answer.get(LEASE_END).toString();
        if (job.state() != JobState.RUNNING || end.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Explanation.HeldLease(
                Instant.ofEpochMilli((long) Double.parseDouble(end)),
                Lease.holder(answer.get(TOKEN).toString())));
    }
}
