package io.mainstay.lease;

import io.smallrye.mutiny.Uni;

/** Keeps the secret under which tokens are signed. Every call may be repeated. */
@FunctionalInterface
public interface SecretStore {

    /** A secret that all instances share: this one, unless they have one. */
    Uni<byte[]> secret(byte[] proposal);
}
