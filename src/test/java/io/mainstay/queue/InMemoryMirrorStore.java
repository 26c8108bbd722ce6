package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.mirror.Compared;
import io.mainstay.mirror.Copied;
import io.mainstay.mirror.GivenUp;
import io.mainstay.mirror.Heard;
import io.mainstay.mirror.JobVersion;
import io.mainstay.mirror.LivePage;
import io.mainstay.mirror.Mirror;
import io.mainstay.mirror.MirrorLook;
import io.mainstay.mirror.MirrorSettings;
import io.mainstay.mirror.MirrorStore;
import io.mainstay.mirror.OutboxEntry;
import io.mainstay.mirror.OutboxPage;
import io.mainstay.mirror.Takeover;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the in-memory store does for mirrored queues. */
final class InMemoryMirrorStore implements MirrorStore {

    private final InMemoryJobStore store;

    InMemoryMirrorStore(InMemoryJobStore store) {
        this.store = store;
    }

    @Override
    public Uni<MirrorLook> look(QueueName queue) {
        return store.locked(() -> of(queue).look());
    }

    @Override
    public Uni<Optional<Mirror>> set(QueueName queue, Optional<Mirror> believed, Mirror wanted) {
        return store.locked(() -> {
            store.know(queue);
            return of(queue).set(believed, wanted, store.now());
        });
    }

    @Override
    public Uni<Void> apply(QueueName queue, Mirror believed, MirrorSettings seen, MirrorSettings wanted) {
        return store.locked(() -> store.changed(queue, (twin, now) -> {
            twin.mirror().apply(believed, seen, wanted, now);
            return null;
        }));
    }

    @Override
    public Uni<Void> ownerWorks(QueueName queue, long epoch) {
        return store.locked(() -> {
            of(queue).ownerWorks(epoch, store.now());
            return null;
        });
    }

    @Override
    public Uni<Takeover> takeOver(QueueName queue, long epoch, Duration hold) {
        return store.locked(
                () -> store.changed(queue, (twin, now) -> twin.mirror().takeOver(epoch, hold, now)));
    }

    @Override
    public Uni<GivenUp> giveUp(QueueName queue, long epoch) {
        return store.locked(
                () -> store.changed(queue, (twin, now) -> twin.mirror().giveUp(epoch, now)));
    }

    @Override
    public Uni<Copied> copy(NewJob job, long epoch, boolean alone) {
        return store.locked(() -> {
            return of(job.queue()).copy(new TwinJob(job, store.now()), epoch, alone);
        });
    }

    @Override
    public Uni<Void> note(QueueName queue, List<JobId> ids) {
        return store.locked(() -> {
            ids.forEach(of(queue)::note);
            return null;
        });
    }

    @Override
    public Uni<OutboxPage> outbox(QueueName queue) {
        return store.locked(() -> page(of(queue), of(queue).outbox()));
    }

    @Override
    public Uni<OutboxPage> nextChanges(QueueName queue) {
        return store.locked(() -> page(of(queue), of(queue).nextChanges(store.now())));
    }

    @Override
    public Uni<OutboxPage> whole(QueueName queue, List<JobId> ids) {
        return store.locked(() -> page(of(queue), of(queue).whole(ids)));
    }

    private static OutboxPage page(TwinMirror mirror, List<OutboxEntry> entries) {
        return new OutboxPage(
                mirror.mirror(),
                mirror.latestChange(),
                entries.isEmpty() && mirror.look().unheard() > 0,
                entries);
    }

    @Override
    public Uni<Void> heard(QueueName queue, List<OutboxEntry> entries) {
        return store.locked(() -> {
            of(queue).heard(entries);
            return null;
        });
    }

    @Override
    public Uni<Heard> tell(QueueName queue, Mirror believed, List<OutboxEntry> entries) {
        return store.locked(() -> store.changed(queue, (twin, now) -> {
            List<JobId> incomplete = twin.mirror().tell(believed, entries, now);
            return new Heard(twin.mirror().mirror(), incomplete);
        }));
    }

    @Override
    public Uni<LivePage> live(QueueName queue, LivePage.Cursor from) {
        return store.locked(() -> new LivePage(of(queue).live(from.set()), from.nextSet()));
    }

    @Override
    public Uni<Compared> compare(QueueName queue, List<JobVersion> jobs) {
        return store.locked(() -> of(queue).compare(jobs, store.now()));
    }

    private TwinMirror of(QueueName queue) {
        return store.queue(queue).mirror();
    }
}
