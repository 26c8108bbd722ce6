package io.mainstay.redis.connection;

/**
 * Tells a store from the others of this process, in logs and metrics.
 *
 * @param value empty for the one that goes without saying
 */
public record StoreName(String value) {

    /** The only store, or the first. */
    public static final StoreName FIRST = new StoreName("");

    /** A message about this store. */
    public String about(String message) {
        return value.isEmpty() ? message : value + ": " + message;
    }

    /** What something of this store is called. */
    public String qualify(String name) {
        return value.isEmpty() ? name : value + "/" + name;
    }
}
