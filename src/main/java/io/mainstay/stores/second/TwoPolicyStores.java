package io.mainstay.stores.second;

import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.StoredPolicy;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Policies are in the first store, which alone changes them. A copy is in the second, for instances that start while the
 * first is away, and for a first one that has lost its data: each instance writes there what it has read, unless it is
 * already there.
 */
public final class TwoPolicyStores implements PolicyStore {

    private static final Logger LOG = Logger.getLogger(TwoPolicyStores.class);
    /** No store has such a version, so the first one answers with all it has when it is back. */
    private static final String COPIED = "copy ";

    private final PolicyStore first;
    private final PolicyCopy copy;
    private final AtomicBoolean keeping = new AtomicBoolean();
    /** All policies as they were last read. */
    private volatile News latest;

    private volatile String kept = "";

    public TwoPolicyStores(PolicyStore first, PolicyCopy copy) {
        this.first = first;
        this.copy = copy;
    }

    @Override
    public Uni<Optional<StoredPolicy>> put(StoredPolicy wanted, boolean begins, String change) {
        return first.put(wanted, begins, change);
    }

    @Override
    public Uni<Boolean> remove(StoredPolicy read, String change) {
        return first.remove(read, change);
    }

    @Override
    public Uni<Boolean> restore(News lost) {
        return first.restore(lost);
    }

    @Override
    public Uni<News> news(String known) {
        return first.news(known)
                .flatMap(news -> hasHadSome(news) ? Uni.createFrom().item(news) : restored(news, known))
                .invoke(this::keep)
                .onFailure()
                .recoverWithUni(failure -> copied(known, failure));
    }

    private static boolean hasHadSome(News news) {
        return !news.version().isEmpty();
    }

    /** A first store without data has lost them if there is a copy of policies: without them nobody would look after the jobs in the second. */
    private Uni<News> restored(News none, String known) {
        return copy.kept()
                .onFailure()
                .recoverWithItem(Optional.empty())
                .map(kept -> kept.or(() -> Optional.ofNullable(latest)))
                .flatMap(kept -> kept.filter(TwoPolicyStores::hasSome)
                        .map(lost -> first.restore(lost)
                                .invoke(set -> LOG.warnf(
                                        "The first store has lost the policies of %d queues: they are set again",
                                        lost.policies().orElseThrow().size()))
                                .chain(() -> first.news(known)))
                        .orElse(Uni.createFrom().item(none)));
    }

    private static boolean hasSome(News kept) {
        return hasHadSome(kept) && kept.policies().filter(all -> !all.isEmpty()).isPresent();
    }

    private Uni<News> copied(String known, Throwable failure) {
        return copy.kept().map(found -> {
            News copied = found.orElseThrow(() -> asRuntime(failure));
            String version = COPIED + copied.version();
            // Who knows what the first said last keeps to it.
            boolean same = version.equals(known) || copied.version().equals(known);
            return new News(same ? known : version, copied.now(), same ? Optional.empty() : copied.policies());
        });
    }

    /** Returns at once: nobody waits for the second. */
    private void keep(News news) {
        if (news.policies().isPresent()) {
            latest = news;
        }
        News wanted = latest;
        if (wanted == null || wanted.version().equals(kept) || !keeping.compareAndSet(false, true)) {
            return;
        }
        copy.keep(wanted)
                .onTermination()
                .invoke(() -> keeping.set(false))
                .subscribe()
                .with(
                        done -> kept = wanted.version(),
                        failure -> LOG.debug("policies are not copied into the second store yet", failure));
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
