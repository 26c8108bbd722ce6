package io.mainstay.jobtype.schema;

/** A keyword of a schema, with the value that it has there. Thread-safe. */
@FunctionalInterface
interface Keyword {

    /**
     * Whether the value fits it; if not, {@code run} is told what is wrong.
     *
     * @param seen gets what of the value was looked at by it, for {@code unevaluated…}; null if nobody asks
     */
    boolean fits(Object value, Run run, Evaluated seen);
}
