package io.mainstay.redis.workers;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.workers.HeldJobs;
import io.mainstay.workers.KnownWorker;
import io.mainstay.workers.WorkerId;
import io.mainstay.workers.WorkerKind;
import io.mainstay.workers.WorkerNews;
import io.mainstay.workers.WorkerPage;
import io.mainstay.workers.WorkerProfile;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Reads what the scripts about workers answer. */
final class WorkerAnswers {

    private static final Logger LOG = Logger.getLogger(WorkerAnswers.class);
    private static final int BEFORE_WORKERS = 3;
    private static final int OF_A_JOB = 3;

    private WorkerAnswers() {}

    static WorkerPage page(Response answer) {
        Map<String, String> texts = pairs(answer.get(2));
        List<KnownWorker> workers = new ArrayList<>();
        for (int i = BEFORE_WORKERS; i < answer.size(); i++) {
            worker(answer.get(i), texts).ifPresent(workers::add);
        }
        String last = answer.get(1).toString();
        return new WorkerPage(workers, last.isEmpty() ? Optional.empty() : id(last));
    }

    private static Optional<KnownWorker> worker(Response fields, Map<String, String> texts) {
        String member = fields.get(0).toString();
        try {
            WorkerId id = id(member).orElseThrow();
            String drained = fields.get(5).toString();
            return Optional.of(new KnownWorker(
                    id,
                    time(fields.get(1).toString()),
                    time(fields.get(2).toString()),
                    profile(
                            id.kind(),
                            fields.get(3).toString(),
                            texts.get(fields.get(4).toString())),
                    drained.isEmpty() ? Optional.empty() : Optional.of(time(drained)),
                    HealthText.recoveries(fields.get(6).toString())));
        } catch (RuntimeException e) {
            LOG.warnf("The entry of worker %s in Redis cannot be read", member);
            return Optional.empty();
        }
    }

    private static Optional<WorkerProfile> profile(WorkerKind kind, String says, String serves) {
        boolean complete = !says.isEmpty() && (kind == WorkerKind.INSTANCE || serves != null);
        return complete ? Optional.of(WorkerCodec.profile(says, Optional.ofNullable(serves))) : Optional.empty();
    }

    private static Optional<WorkerId> id(String member) {
        for (WorkerKind kind : WorkerKind.values()) {
            if (member.startsWith(kind.wireName() + " ")) {
                return Optional.of(
                        new WorkerId(kind, member.substring(kind.wireName().length() + 1)));
            }
        }
        return Optional.empty();
    }

    static WorkerNews news(Response answer, String drainsKnown, String handlersKnown) {
        String drainsVersion = answer.get(1).toString();
        String handlersVersion = answer.get(2).toString();
        return new WorkerNews(
                answer.get(0).toInteger(),
                drainsVersion,
                drainsVersion.equals(drainsKnown) ? Optional.empty() : Optional.of(drains(answer.get(3))),
                handlersVersion,
                handlersVersion.equals(handlersKnown) ? Optional.empty() : Optional.of(handlers(answer.get(4))));
    }

    private static Map<WorkerId, Duration> drains(Response answer) {
        Map<WorkerId, Duration> drains = new HashMap<>();
        pairs(answer).forEach((member, left) -> id(member)
                .ifPresent(worker -> drains.put(worker, Duration.ofMillis(Long.parseLong(left)))));
        return drains;
    }

    private static Set<HandlerName> handlers(Response names) {
        Set<HandlerName> handlers = new HashSet<>();
        for (Response name : names) {
            try {
                handlers.add(new HandlerName(name.toString()));
            } catch (RuntimeException e) {
                LOG.debugf("An entry of handlers in Redis is not a handler name: %s", name);
            }
        }
        return handlers;
    }

    /** Names and scores: one after the other, or in pairs, as the protocol has it. */
    static Map<HandlerName, Instant> handlersSeen(Response answer) {
        Map<HandlerName, Instant> seen = new HashMap<>();
        Map<String, String> scores = new HashMap<>();
        boolean inPairs = answer.size() > 0 && answer.get(0).type() == ResponseType.MULTI;
        if (inPairs) {
            answer.forEach(
                    pair -> scores.put(pair.get(0).toString(), pair.get(1).toString()));
        } else {
            scores.putAll(pairs(answer));
        }
        scores.forEach((name, score) -> {
            try {
                seen.put(new HandlerName(name), Instant.ofEpochMilli((long) Double.parseDouble(score)));
            } catch (RuntimeException e) {
                LOG.debugf("An entry of handlers in Redis is not a handler name: %s", name);
            }
        });
        return seen;
    }

    static HeldJobs jobs(QueueName queue, Response answer) {
        Map<String, HeldJobs.OfWorker> byWorker = new HashMap<>();
        for (int i = 1; i < answer.size(); i++) {
            Response of = answer.get(i);
            List<RunningJob> some = new ArrayList<>();
            for (int j = 2; j + OF_A_JOB <= of.size(); j += OF_A_JOB) {
                job(queue, of, j).ifPresent(some::add);
            }
            byWorker.put(of.get(0).toString(), new HeldJobs.OfWorker(of.get(1).toInteger(), some));
        }
        return new HeldJobs(answer.get(0).toInteger(), byWorker);
    }

    private static Optional<RunningJob> job(QueueName queue, Response fields, int at) {
        try {
            return Optional.of(new RunningJob(
                    queue,
                    new JobId(fields.get(at).toString()),
                    new HandlerName(fields.get(at + 1).toString()),
                    time(fields.get(at + 2).toString())));
        } catch (RuntimeException e) {
            LOG.debugf("Running job %s of queue %s cannot be read", fields.get(at), queue);
            return Optional.empty();
        }
    }

    private static Map<String, String> pairs(Response flat) {
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            pairs.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return pairs;
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }
}
