package io.mainstay.redis.store;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.scaling.LoadStore;
import io.mainstay.scaling.QueueLoad;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link LoadStore} and {@link DueJobsStore} in Redis. */
final class RedisLoadStore implements LoadStore, DueJobsStore {

    /** Short enough to follow a change of load, long enough for slow queues to have an end in it. */
    private static final Duration LOOK_BACK = Duration.ofMinutes(1);
    /** Of each set; bounds how long the script holds Redis. */
    private static final int MOST_LOOKED_AT = 25;
    /** Calls under way, so that many queues cost a while and not a burst. */
    private static final int AT_A_TIME = 16;

    private static final double PER_SECOND = 1000;

    private final RedisCalls calls;

    RedisLoadStore(RedisCalls calls) {
        this.calls = calls;
    }

    @Override
    public Uni<List<QueueLoad>> loads(Collection<QueueName> queues, Set<HandlerName> handlers) {
        String names = RedisLeaseStore.names(handlers);
        return Multi.createFrom()
                .iterable(queues)
                .onItem()
                .transformToUni(queue -> load(queue, names))
                .merge(AT_A_TIME)
                .collect()
                .asList();
    }

    private Uni<QueueLoad> load(QueueName queue, String handlers) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> read = List.of(
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.RUNNING),
                keys.state(JobState.SUCCEEDED),
                keys.state(JobState.DEAD));
        List<String> args = List.of(
                keys.jobPrefix(), Long.toString(LOOK_BACK.toMillis()), Integer.toString(MOST_LOOKED_AT), handlers);
        return calls.run(Script.LOAD, read, args).map(answer -> read(queue, answer));
    }

    @Override
    public Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> read =
                List.of(keys.meta(), keys.state(JobState.READY), keys.state(JobState.SCHEDULED), keys.base() + "apart");
        return calls.run(Script.DUE_JOBS, read, List.of(keys.jobPrefix(), RedisLeaseStore.names(handlers)))
                .map(answer -> new DueJobs(
                        answer.get(0).toInteger() == 1,
                        answer.get(1).toInteger() == 1,
                        age(answer.get(2)),
                        answer.get(3).toLong(),
                        age(answer.get(4))));
    }

    private static Optional<Duration> age(Response millis) {
        return millis.toLong() < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis.toLong()));
    }

    private static QueueLoad read(QueueName queue, Response answer) {
        return new QueueLoad(
                queue,
                answer.get(0).toInteger() == 1,
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                answer.get(3).toLong() / PER_SECOND,
                new QueueLoad.Sample(
                        answer.get(4).toInteger(),
                        Duration.ofMillis(answer.get(5).toLong()),
                        Duration.ofMillis(answer.get(6).toLong())));
    }
}
