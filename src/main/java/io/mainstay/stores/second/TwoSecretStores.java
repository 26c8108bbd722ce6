package io.mainstay.stores.second;

import io.mainstay.lease.SecretStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@link SecretStore} over two: the secret is that of the first, and the second has a copy for instances that start while the first is
 * away. If they are the first ever, it is made there, and the first gets that one.
 */
public final class TwoSecretStores implements SecretStore {

    private static final Logger LOG = Logger.getLogger(TwoSecretStores.class);
    /** How long the second is waited for: without it, only a secret that was made there meanwhile is missed. */
    private static final Duration LATE = Duration.ofMillis(500);

    /** Of the second store. Every call may be repeated. */
    public interface Copy extends SecretStore {

        Uni<Optional<byte[]>> kept();

        Uni<Void> keep(byte[] secret);
    }

    private final SecretStore first;
    private final Copy copy;

    public TwoSecretStores(SecretStore first, Copy copy) {
        this.first = first;
        this.copy = copy;
    }

    @Override
    public Uni<byte[]> secret(byte[] proposal) {
        return copy.kept()
                .ifNoItem()
                .after(LATE)
                .recoverWithItem(Optional::empty)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .flatMap(kept -> first.secret(kept.orElse(proposal))
                        .invoke(secret -> copyUnlessKept(secret, kept))
                        .onFailure()
                        .recoverWithUni(
                                () -> kept.map(secret -> Uni.createFrom().item(secret))
                                        .orElseGet(() -> copy.secret(proposal))));
    }

    /** Returns at once. */
    private void copyUnlessKept(byte[] secret, Optional<byte[]> kept) {
        if (kept.filter(known -> Arrays.equals(known, secret)).isEmpty()) {
            copy.keep(secret)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debug("the secret is not in the second store yet", failure));
        }
    }
}
