package io.mainstay.redis.mirror;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.ContractSteps;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.places.Admission;
import io.mainstay.redis.OwnRedis;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.RedisUnderTest;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** One of the two stores of a model run: it can be away, and come back with what it had before, or with nothing. */
final class ModelStore implements AutoCloseable {

    private static final double ANSWER_LOST = 0.02;
    private static final double SENT_TWICE = 0.02;
    /** Keeps all keys in another database, or brings them back. */
    private static final String KEEP = """
            local keys, all = redis.call('KEYS', '*'), {}
            for i, key in ipairs(keys) do
              all[i] = redis.call('DUMP', key)
            end
            redis.call('SELECT', 1)
            redis.call('DEL', 'kept')
            for i, key in ipairs(keys) do
              redis.call('HSET', 'kept', key, all[i])
            end
            redis.call('SELECT', 0)
            return #keys
            """;

    private static final String BRING_BACK = """
            redis.call('SELECT', 1)
            local all = redis.call('HGETALL', 'kept')
            redis.call('SELECT', 0)
            redis.call('FLUSHDB')
            for i = 1, #all, 2 do
              redis.call('RESTORE', all[i], 0, all[i + 1])
            end
            return #all
            """;

    final QueueName queue = ContractSteps.QUEUE;
    final RedisUnderTest redis;
    private final OwnRedis server = new OwnRedis();
    boolean up = true;

    /** What is known of a job there. */
    record Raw(JobState state, long version) {}

    ModelStore() {
        redis = new RedisUnderTest("redis://127.0.0.1:" + server.port(), Map.of("mainstay.redis.sweep-limit", "100"));
    }

    /** Jobs that the other store does not have yet, as the outbox says. */
    Uni<?> addUnheard(int jobs) {
        List<JobId> ids = IntStream.range(0, jobs)
                .mapToObj(number -> new JobId("job-" + number))
                .toList();
        return Uni.join()
                .all(ids.stream()
                        .map(id -> redis.jobs()
                                .enqueue(JobDraft.job(queue, id.value()).build(), Admission.OWNED))
                        .toList())
                .andFailFast()
                .chain(added -> redis.mirror().note(queue, ids));
    }

    void keep() {
        run(KEEP);
    }

    void loseEverything() {
        redis.send(Request.cmd(Command.FLUSHDB));
        redis.restart();
    }

    void loseWhatCameSinceItWasKept() {
        run(BRING_BACK);
        redis.restart();
    }

    private void run(String script) {
        redis.send(Request.cmd(Command.EVAL).arg(script).arg(0));
    }

    /** {@code own 3}, {@code copy 2}, or nothing. */
    String mirror() {
        Response stored = redis.send(
                Request.cmd(Command.HGET).arg(new RedisKeys(queue).meta()).arg("mirror"));
        return stored == null ? "" : stored.toString();
    }

    long epoch() {
        String mirror = mirror();
        return mirror.isEmpty() ? -1 : Long.parseLong(mirror.split(" ")[1]);
    }

    boolean owns() {
        return mirror().startsWith("own");
    }

    boolean hasCopies() {
        return mirror().startsWith("copy");
    }

    Optional<Raw> raw(String id) {
        Response fields = redis.send(Request.cmd(Command.HMGET)
                .arg(new RedisKeys(queue).job(new JobId(id)))
                .arg("state")
                .arg("v"));
        return fields.get(0) == null
                ? Optional.empty()
                : Optional.of(new Raw(
                        JobState.ofWireName("state", fields.get(0).toString()),
                        fields.get(1) == null ? 0 : fields.get(1).toLong()));
    }

    /** As somebody sees a part of it who does not always reach it, and whose calls are sometimes sent twice and sometimes not answered. */
    <T> T seenBy(BooleanSupplier reaches, Class<T> type, T part, Random random) {
        Object seen = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return "equals".equals(method.getName()) ? (Object) (proxy == args[0]) : method.invoke(part, args);
            }
            if (!up || !reaches.getAsBoolean()) {
                return Uni.createFrom().failure(new StoreUnavailableException("away", null));
            }
            Uni<?> answer = (Uni<?>) method.invoke(part, args);
            if (random.nextDouble() < ANSWER_LOST) {
                return answer.flatMap(lost -> Uni.createFrom().failure(new StoreUnavailableException("lost", null)));
            }
            return random.nextDouble() < SENT_TWICE ? answer.flatMap(first -> again(method, part, args)) : answer;
        });
        return type.cast(seen);
    }

    private static Uni<?> again(java.lang.reflect.Method method, Object part, Object[] args) {
        try {
            return (Uni<?>) method.invoke(part, args);
        } catch (ReflectiveOperationException e) {
            return Uni.createFrom().failure(e);
        }
    }

    @Override
    public void close() {
        redis.close();
        server.close();
    }
}
