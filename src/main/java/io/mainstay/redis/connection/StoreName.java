package io.mainstay.redis.connection;

/**
 * Tells a store from the others of this process, in logs and metrics.
 *
 * @param value empty for the one that goes without saying
 */
public record StoreName(String value) {

    /** The only store, or the first. */
    public static final StoreName FIRST = new StoreName("");
    /** The other one, where {@code mainstay.stores.second.hosts} is set. */
    public static final StoreName SECOND = new StoreName("second");

    /** As metrics and probes have it. */
    public String label() {
        return value.isEmpty() ? "first" : value;
    }

    /** A message about this store. */
    public String about(String message) {
        return value.isEmpty() ? message : value + ": " + message;
    }

    /** What something of this store is called. */
    public String qualify(String name) {
        return value.isEmpty() ? name : value + "/" + name;
    }
}
