package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.LogLine;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.LostLease;
import io.mainstay.queue.Pruning;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.route.TargetRoom;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** {@link LeaseStore} in Redis. */
final class RedisLeaseStore implements LeaseStore {

    private static final Logger LOG = Logger.getLogger(RedisLeaseStore.class);

    /** How many running jobs of the queue were cancelled so far. */
    private static final String REVOKED = "revoked";

    /** Of what is left. */
    private static final int MORE = 1;

    private static final int UNWANTED = 2;

    /** Id, payload and fields of each job that a claim answers. */
    private static final int WORDS_OF_A_JOB = 3;
    /** Where in the answer to a claim those are that died, if any did. */
    private static final int DIED = 5;

    private static final int WORDS_OF_A_DEATH = 4;

    private final RedisCalls calls;
    private final SettlementCalls settlementCalls;
    private final String sweepLimit;
    private final String agingMs;
    private final RememberedIds ids;

    RedisLeaseStore(
            RedisCalls calls, SettlementCalls settlementCalls, RedisConfig config, JobsConfig jobs, RememberedIds ids) {
        this.ids = ids;
        this.calls = calls;
        this.settlementCalls = settlementCalls;
        this.sweepLimit = Integer.toString(config.sweepLimit());
        this.agingMs = Long.toString(jobs.aging().toMillis());
    }

    @Override
    public Uni<Claimed> claim(ClaimRequest request) {
        RedisKeys keys = new RedisKeys(request.queue());
        List<String> changed = List.of(
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.RUNNING),
                keys.state(JobState.DEAD),
                keys.receipts(),
                keys.claimants());
        List<String> args = List.of(
                keys.jobPrefix(),
                keys.corruptPrefix(),
                RedisKeys.WAKE_CHANNEL,
                request.queue().value(),
                request.claimant(),
                request.token(),
                Integer.toString(request.max()),
                Integer.toString(request.bytes()),
                Long.toString(request.lease().toMillis()),
                sweepLimit,
                agingMs,
                names(request.served().handlers()),
                roomOfEach(request.served().targets()),
                roomOfTargets(request.served().targets()));
        return calls.run(Script.CLAIM, changed, args).map(answer -> readClaimed(request, answer));
    }

    @Override
    public Uni<Optional<String>> latestToken(QueueName queue, String claimant) {
        RedisKeys keys = new RedisKeys(queue);
        // Most keys are new, and one plain read says so.
        return calls.run(LinkKind.WRITES, Command.HGET, keys.receipts(), claimant)
                .flatMap(receipt -> receipt == null
                        ? Uni.createFrom().item(Optional.empty())
                        : calls.run(Script.LATEST_TOKEN, List.of(keys.meta(), keys.receipts()), List.of(claimant))
                                .map(token -> Optional.ofNullable(token).map(Response::toString)));
    }

    /** A space before and after each. */
    static String names(Set<HandlerName> handlers) {
        return handlers.stream().map(HandlerName::value).collect(Collectors.joining(" ", " ", " "));
    }

    /** Empty for any number. */
    private static String roomOfEach(TargetRoom targets) {
        return targets.ofEach() == Integer.MAX_VALUE ? "" : Integer.toString(targets.ofEach());
    }

    private static String roomOfTargets(TargetRoom targets) {
        return targets.of().entrySet().stream()
                .map(target -> target.getKey() + " " + target.getValue())
                .collect(Collectors.joining(" "));
    }

    @Override
    public Uni<List<Settled>> settle(QueueName queue, List<Settlement> settlements) {
        return settlementCalls.settle(queue, settlements);
    }

    @Override
    public Uni<List<LostLease>> extend(QueueName queue, List<Lease> leases, Duration duration) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(2 + 2 * leases.size());
        args.add(keys.jobPrefix());
        args.add(Long.toString(duration.toMillis()));
        for (Lease lease : leases) {
            args.add(lease.id().value());
            args.add(lease.token());
        }
        return calls.run(Script.EXTEND, List.of(keys.state(JobState.RUNNING), keys.meta()), args)
                .map(answer -> readLost(leases, answer));
    }

    @Override
    public Uni<Integer> note(QueueName queue, List<JobNote> notes) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(List.of(keys.jobPrefix(), Integer.toString(LogLine.KEPT)));
        notes.forEach(note -> NoteText.write(note, args));
        return calls.run(Script.NOTE, List.of(keys.state(JobState.RUNNING)), args)
                .map(Response::toInteger);
    }

    @Override
    public Uni<Long> revoked(QueueName queue) {
        return calls.run(LinkKind.WRITES, Command.HGET, new RedisKeys(queue).meta(), REVOKED)
                .map(count -> count == null ? 0 : count.toLong());
    }

    @Override
    public Uni<Integer> prune(QueueName queue, Pruning pruning) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> sets = new ArrayList<>(List.of(keys.meta()));
        List<String> args = new ArrayList<>(List.of(
                keys.jobPrefix(),
                keys.corruptPrefix(),
                keys.uniquePrefix(),
                ids.repeatableMs(),
                ids.minAgeMs(),
                ids.most(),
                Long.toString(pruning.interval().toMillis()),
                Long.toString(pruning.forgetAfter().toMillis())));
        for (Retention kept : pruning.retentions()) {
            sets.add(keys.state(kept.state()));
            args.add(kept.state().wireName());
            args.add(Long.toString(kept.maxAge().toMillis()));
            args.add(Long.toString(kept.maxCount()));
            args.add(Integer.toString(kept.limit()));
        }
        return calls.run(Script.PRUNE, sets, args).map(Response::toInteger);
    }

    private static List<LostLease> readLost(List<Lease> leases, Response answer) {
        List<LostLease> lost = new ArrayList<>(answer.size() / 2);
        for (int i = 0; i < answer.size(); i += 2) {
            boolean cancelled =
                    JobState.CANCELLED.wireName().equals(answer.get(i + 1).toString());
            lost.add(new LostLease(leases.get(answer.get(i).toInteger()), cancelled));
        }
        return lost;
    }

    private Claimed readClaimed(ClaimRequest request, Response answer) {
        Instant claimedAt = Instant.ofEpochMilli(answer.get(3).toLong());
        Response claimed = answer.get(4);
        List<Job> jobs = new ArrayList<>(claimed.size() / WORDS_OF_A_JOB);
        for (int i = 0; i < claimed.size(); i += WORDS_OF_A_JOB) {
            JobId id = new JobId(claimed.get(i).toString());
            try {
                jobs.add(JobCodec.claimed(request.queue(), id, claimed.get(i + 1), claimed.get(i + 2), claimedAt));
            } catch (JobCodec.UnreadableJobException e) {
                LOG.warnf("Set aside as dead: %s", e.getMessage());
                quarantine(request, id, e.getMessage());
            }
        }
        long nextDueMs = answer.get(1).toLong();
        Optional<Duration> nextDue = nextDueMs < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(nextDueMs));
        return new Claimed(
                jobs,
                answer.get(0).toInteger() == MORE,
                nextDue,
                answer.get(2).toInteger(),
                answer.size() > DIED ? readDied(request.queue(), answer.get(DIED)) : List.of(),
                answer.get(0).toInteger() == UNWANTED);
    }

    private static List<JobDeath> readDied(QueueName queue, Response died) {
        List<JobDeath> deaths = new ArrayList<>(died.size() / WORDS_OF_A_DEATH);
        for (int i = 0; i < died.size(); i += WORDS_OF_A_DEATH) {
            deaths.add(new JobDeath(
                    queue,
                    new JobId(died.get(i).toString()),
                    new HandlerName(died.get(i + 1).toString()),
                    died.get(i + 2).toInteger(),
                    died.get(i + 3).toString(),
                    false));
        }
        return deaths;
    }

    private void quarantine(ClaimRequest request, JobId id, String reason) {
        RedisKeys keys = new RedisKeys(request.queue());
        calls.run(
                        Script.QUARANTINE,
                        List.of(keys.job(id), keys.state(JobState.RUNNING), keys.state(JobState.DEAD)),
                        List.of(
                                keys.jobPrefix(),
                                keys.corruptPrefix(),
                                id.value(),
                                request.token(),
                                reason,
                                RedisKeys.WAKE_CHANNEL,
                                request.queue().value()))
                .subscribe()
                .with(done -> {}, error -> LOG.warnf(error, "Job %s could not be set aside; its lease ends first", id));
    }
}
