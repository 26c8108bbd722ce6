package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.Durability;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueConflictException;
import io.mainstay.job.QueueFullException;
import io.mainstay.job.QueueName;
import io.mainstay.job.UniqueConflictException;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.places.Admission;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.vertx.EventLoop;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Enqueues: jobs for one queue that arrive together on one event loop share a script call. */
final class Enqueuer {

    /** What became of a job, as enqueue.lua says it of one that is not new and ready; anything else is one that was there. */
    private static final int CREATED = 1;

    private static final int KEY_TAKEN = 2;
    private static final int FULL = 3;
    private static final int MADE_BEFORE = 4;
    private static final int DELETED = 5;
    private static final int DELETING = 6;
    private static final int MOVED = 7;
    private static final int NOT_HERE = 8;

    private static final String UNLIMITED = Long.toString(Long.MAX_VALUE);
    private static final int MAX_BATCH = 100;
    /** Queues with a commit object of their own per event loop; beyond, idle ones are dropped. */
    private static final int MAX_IDLE_QUEUES = 256;

    private final RedisCalls calls;
    private final RedisLinks links;
    private final DurableEnqueues durable;
    private final WaitingBound bound;
    private final long mostWaiting;
    private final String maxWaiting;
    /** Answers are read by whoever waits for them: one that cannot be read is nobody else's trouble. */
    private final Map<EventLoop, Map<BatchKey, GroupCommit<PendingEnqueue, Response>>> commits =
            new ConcurrentHashMap<>();

    /** Jobs that can share a call. */
    private record BatchKey(QueueName queue, Durability durability, Admission admission) {}

    Enqueuer(RedisCalls calls, RedisLinks links, DurableEnqueues durable, WaitingBound bound, JobsConfig config) {
        this.durable = durable;
        this.calls = calls;
        this.links = links;
        this.bound = bound;
        this.mostWaiting = config.maxWaiting();
        this.maxWaiting = Long.toString(mostWaiting);
    }

    Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        EventLoop loop = job.durability() == Durability.MEMORY ? links.loop() : links.durableLoop();
        BatchKey together = new BatchKey(job.queue(), job.durability(), admission);
        Map<BatchKey, GroupCommit<PendingEnqueue, Response>> ofLoop =
                commits.computeIfAbsent(loop, l -> new HashMap<>());
        return Uni.createFrom()
                .<Response>emitter(emitter -> {
                    PendingEnqueue pending = new PendingEnqueue(job);
                    loop.execute(() -> add(pending, emitter, together, ofLoop, loop));
                })
                .map(answer -> read(job, answer));
    }

    /** Nobody hears of what a task of an event loop throws. */
    private void add(
            PendingEnqueue pending,
            UniEmitter<? super Response> emitter,
            BatchKey together,
            Map<BatchKey, GroupCommit<PendingEnqueue, Response>> ofLoop,
            EventLoop loop) {
        try {
            if (ofLoop.size() > MAX_IDLE_QUEUES) {
                ofLoop.values().removeIf(GroupCommit::idle);
            }
            ofLoop.computeIfAbsent(together, unknown -> commits(together, loop)).add(pending, emitter);
        } catch (RuntimeException e) {
            emitter.fail(e);
        }
    }

    private GroupCommit<PendingEnqueue, Response> commits(BatchKey together, EventLoop loop) {
        boolean inMemory = together.durability() == Durability.MEMORY;
        LinkKind link = inMemory ? LinkKind.WRITES : LinkKind.DURABLE;
        String key = new RedisKeys(together.queue()).meta();
        return new GroupCommit<>(
                new GroupCommit.Batch<>(MAX_BATCH, PendingEnqueue::bytes),
                bound.share(),
                inMemory ? calls.timeout() : durable.timeout(),
                () -> links.receiving(loop, link, key),
                loop::later,
                jobs -> commit(together, jobs));
    }

    private Uni<List<Response>> commit(BatchKey together, List<PendingEnqueue> jobs) {
        QueueName queue = together.queue();
        RedisKeys keys = new RedisKeys(queue);
        List<String> changed = List.of(
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.CANCELLED));
        Uni<Response> call = together.durability() == Durability.MEMORY
                ? calls.run(Script.ENQUEUE, changed, () -> arguments(keys, together, jobs))
                : durable.run(together.durability(), keys, changed, () -> arguments(keys, together, jobs));
        return call.map(answers -> answers.type() == ResponseType.NUMBER
                ? Collections.nCopies(jobs.size(), answers)
                : answers.stream().toList());
    }

    /** Of one try. */
    private List<String> arguments(RedisKeys keys, BatchKey together, List<PendingEnqueue> jobs) {
        boolean withTokens = jobs.stream().anyMatch(PendingEnqueue::mayBeKnown);
        List<String> args = new ArrayList<>(7 + 6 * jobs.size());
        args.add(keys.jobPrefix());
        args.add(RedisKeys.WAKE_CHANNEL);
        args.add(keys.queue().value());
        // The canaries of an instance prove that jobs flow, whatever the house takes.
        args.add(keys.queue().isPrivate() ? UNLIMITED : maxWaiting(keys.queue()));
        args.add(jobs.stream().anyMatch(PendingEnqueue::hasMore) ? keys.uniquePrefix() : "");
        args.add(withTokens ? "1" : "");
        args.add(together.admission().word());
        jobs.forEach(pending -> pending.write(args, withTokens));
        return args;
    }

    /** The default of the house, of a part of a queue its share. */
    private String maxWaiting(QueueName queue) {
        return queue.partitions() == 1 ? maxWaiting : Long.toString(mostWaiting / queue.partitions());
    }

    private static Enqueued read(NewJob job, Response answer) {
        if (answer.type() == ResponseType.NUMBER) {
            Instant enqueuedAt = Instant.ofEpochMilli(answer.toLong());
            return new Enqueued.Created(JobCodec.created(job, JobState.READY, enqueuedAt, enqueuedAt), null);
        }
        return switch (answer.get(0).toInteger()) {
            case CREATED -> created(job, answer);
            case KEY_TAKEN ->
                new Enqueued.Refused(new UniqueConflictException(
                        new JobId(answer.get(1).toString()),
                        JobState.ofWireName("state", answer.get(2).toString())));
            case FULL ->
                new Enqueued.Refused(new QueueFullException(
                        job.queue(), answer.get(1).toLong(), answer.get(2).toLong()));
            case MOVED -> new Enqueued.Moved(job.queue(), answer.get(1).toLong());
            case NOT_HERE -> new Enqueued.NotHere(job.queue());
            case DELETING -> new Enqueued.Refused(QueueConflictException.deleting(job.queue()));
            case MADE_BEFORE -> new Enqueued.Created(there(job.queue(), answer));
            case DELETED ->
                new Enqueued.Deleted(
                        job.queue(),
                        job.id(),
                        JobState.ofWireName("state", answer.get(1).toString()));
            default -> existing(job, there(job.queue(), answer));
        };
    }

    /** Nobody else has an id that was made for this job alone, so it was made by a try whose answer was lost. */
    private static Enqueued existing(NewJob job, Job there) {
        return there.id().equals(job.id()) && !job.idChosen()
                ? new Enqueued.Created(there)
                : new Enqueued.Existing(there);
    }

    private static Job there(QueueName queue, Response answer) {
        return JobCodec.read(queue, new JobId(answer.get(1).toString()), answer.get(2), answer.get(3));
    }

    private static Enqueued created(NewJob job, Response answer) {
        Job created = JobCodec.created(
                job,
                JobState.ofWireName("state", answer.get(3).toString()),
                Instant.ofEpochMilli(answer.get(1).toLong()),
                Instant.ofEpochMilli(answer.get(2).toLong()));
        return new Enqueued.Created(created, answer.size() > 4 ? there(job.queue(), answer.get(4)) : null);
    }
}
