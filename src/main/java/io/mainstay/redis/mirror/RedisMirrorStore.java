package io.mainstay.redis.mirror;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.mirror.Compared;
import io.mainstay.mirror.Copied;
import io.mainstay.mirror.GivenUp;
import io.mainstay.mirror.Heard;
import io.mainstay.mirror.JobVersion;
import io.mainstay.mirror.LivePage;
import io.mainstay.mirror.LivePage.Cursor;
import io.mainstay.mirror.LivePage.LiveSet;
import io.mainstay.mirror.Mirror;
import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.MirrorSettings;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.mirror.OutboxEntry;
import io.mainstay.mirror.OutboxPage;
import io.mainstay.mirror.Takeover;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisConfig;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.Script;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@link MirrorStore} in Redis. */
public final class RedisMirrorStore implements MirrorStore {

    private final RedisCalls calls;
    private final CopyCommits copies;

    /** @param mostWaiting copies without an owner, unless the queue has a limit of its own */
    public RedisMirrorStore(RedisCalls calls, RedisLinks links, RedisConfig config, long mostWaiting) {
        this.calls = calls;
        this.copies = new CopyCommits(calls, links, config, mostWaiting);
    }

    @Override
    public Uni<MirrorLook> look(QueueName queue) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(Script.MIRROR_LOOK, List.of(keys.meta()), List.of(keys.jobPrefix()))
                .map(MirrorAnswers::look);
    }

    @Override
    public Uni<Optional<Mirror>> set(QueueName queue, Optional<Mirror> believed, Mirror wanted) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(
                keys.jobPrefix(),
                believed.map(MirrorText::write).orElse(""),
                MirrorText.role(wanted),
                Long.toString(wanted.epoch()),
                wanted.run());
        return calls.run(Script.MIRROR_SET, List.of(keys.meta()), args).map(MirrorAnswers::mirror);
    }

    @Override
    public Uni<Void> apply(QueueName queue, Mirror believed, MirrorSettings seen, MirrorSettings wanted) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(
                keys.jobPrefix(),
                RedisKeys.WAKE_CHANNEL,
                queue.value(),
                MirrorText.role(believed),
                Long.toString(believed.epoch()),
                ((RedisMirrorSettings) seen).text(),
                ((RedisMirrorSettings) wanted).text());
        return calls.run(Script.MIRROR_SETTINGS, List.of(keys.meta()), args).replaceWithVoid();
    }

    @Override
    public Uni<Void> ownerWorks(QueueName queue, long epoch) {
        List<String> meta = List.of(new RedisKeys(queue).meta());
        return calls.run(Script.MIRROR_ALIVE, meta, List.of(Long.toString(epoch)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Takeover> takeOver(QueueName queue, long epoch, Duration hold) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(
                keys.jobPrefix(),
                RedisKeys.WAKE_CHANNEL,
                queue.value(),
                Long.toString(epoch),
                Long.toString(hold.toMillis()),
                Integer.toString(MOST_MOVED));
        return calls.run(Script.MIRROR_TAKEOVER, withHeld(keys), args)
                .map(answer -> new Takeover(
                        MirrorAnswers.mirror(answer),
                        Duration.ofMillis(answer.get(1).toLong()),
                        answer.get(2).toInteger()));
    }

    @Override
    public Uni<GivenUp> giveUp(QueueName queue, long epoch) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> sets = List.of(
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.RUNNING),
                keys.held());
        List<String> args = List.of(keys.jobPrefix(), Long.toString(epoch), Integer.toString(MOST_MOVED));
        return calls.run(Script.MIRROR_DEMOTE, sets, args)
                .map(answer ->
                        new GivenUp(answer.get(1).toInteger(), answer.get(2).toInteger()));
    }

    @Override
    public Uni<Copied> copy(NewJob job, long epoch, boolean alone) {
        return copies.copy(job, epoch, alone);
    }

    @Override
    public Uni<Void> note(QueueName queue, List<JobId> ids) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(Script.MIRROR_NOTE, List.of(keys.meta()), withIds(ids, keys.jobPrefix()))
                .replaceWithVoid();
    }

    @Override
    public Uni<OutboxPage> outbox(QueueName queue) {
        return read(queue, "", List.of());
    }

    @Override
    public Uni<OutboxPage> nextChanges(QueueName queue) {
        return read(queue, Long.toString(LEFT_FOR.toMillis()), List.of());
    }

    @Override
    public Uni<OutboxPage> whole(QueueName queue, List<JobId> ids) {
        return read(queue, "", ids);
    }

    private Uni<OutboxPage> read(QueueName queue, String leftFor, List<JobId> ids) {
        RedisKeys keys = new RedisKeys(queue);
        return calls.run(
                        Script.OUTBOX_READ,
                        List.of(keys.meta(), keys.outbox()),
                        withIds(ids, keys.jobPrefix(), Integer.toString(MOST), leftFor))
                .map(MirrorAnswers::outbox);
    }

    @Override
    public Uni<Void> heard(QueueName queue, List<OutboxEntry> entries) {
        List<String> args = new ArrayList<>(2 * entries.size());
        for (OutboxEntry entry : entries) {
            args.add(entry.id().value());
            args.add(Long.toString(entry.order()));
        }
        return calls.run(Script.OUTBOX_DONE, List.of(new RedisKeys(queue).outbox()), args)
                .replaceWithVoid();
    }

    @Override
    public Uni<Heard> tell(QueueName queue, Mirror believed, List<OutboxEntry> entries) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>();
        args.addAll(List.of(
                keys.jobPrefix(),
                RedisKeys.WAKE_CHANNEL,
                queue.value(),
                MirrorText.role(believed),
                Long.toString(believed.epoch())));
        for (OutboxEntry entry : entries) {
            RedisMirroredJob job = (RedisMirroredJob) entry.job().orElse(new RedisMirroredJob("", List.of()));
            args.add(entry.id().value());
            args.add(job.payload());
            args.add(Integer.toString(job.fields().size()));
            args.addAll(job.fields());
        }
        return calls.run(Script.MIRROR_APPLY, withHeld(keys), args)
                .map(answer -> new Heard(
                        MirrorAnswers.mirror(answer),
                        answer.stream()
                                .skip(1)
                                .map(id -> new JobId(id.toString()))
                                .toList()));
    }

    @Override
    public Uni<LivePage> live(QueueName queue, Cursor from) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = List.of(keys.jobPrefix(), Integer.toString(MOST), from.score(), from.id());
        return calls.run(Script.MIRROR_IDS, List.of(setOf(from.set(), keys)), args)
                .map(answer -> MirrorAnswers.page(answer, from));
    }

    private static String setOf(LiveSet set, RedisKeys keys) {
        return switch (set) {
            case HELD -> keys.held();
            case SCHEDULED -> keys.state(JobState.SCHEDULED);
            case READY -> keys.state(JobState.READY);
            case RUNNING -> keys.state(JobState.RUNNING);
        };
    }

    @Override
    public Uni<Compared> compare(QueueName queue, List<JobVersion> jobs) {
        RedisKeys keys = new RedisKeys(queue);
        List<String> args = new ArrayList<>(1 + 2 * jobs.size());
        args.add(keys.jobPrefix());
        for (JobVersion job : jobs) {
            args.add(job.id().value());
            args.add(Long.toString(job.version()));
        }
        return calls.run(Script.MIRROR_COMPARE, List.of(keys.meta()), args).map(MirrorAnswers::compared);
    }

    private static List<String> withHeld(RedisKeys keys) {
        return List.of(keys.meta(), keys.state(JobState.READY), keys.state(JobState.SCHEDULED), keys.held());
    }

    private static List<String> withIds(List<JobId> ids, String... head) {
        List<String> args = new ArrayList<>(List.of(head));
        ids.forEach(id -> args.add(id.value()));
        return args;
    }
}
