package io.mainstay.workers;

import java.util.Locale;

/** What runs jobs. A remote worker may call itself as it likes, so names are of a kind. In the order in which workers are listed. */
public enum WorkerKind {
    /** The workers of an instance of the service. */
    INSTANCE,
    /** A process that leases jobs over REST. */
    REMOTE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
