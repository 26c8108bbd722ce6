package io.mainstay.lease.claim;

import java.util.List;

/**
 * What a request for jobs came to.
 *
 * @param waited whether it could wait, if it wanted to
 * @param failure why nobody knows whether there are jobs; null unless that is so
 */
record Outcome(Kind kind, List<Batch> batches, boolean waited, Throwable failure) {

    enum Kind {
        /** Jobs, or none as there are none, or a repeat has taken its place. */
        ANSWERED,
        /** Its worker is drained. */
        DRAINED,
        /** This instance is about to end. */
        STOPPING,
        /** The store did not answer. */
        FAILED,
        /** The same key was used for another request. */
        OTHER_REQUEST
    }

    Outcome {
        batches = List.copyOf(batches);
    }

    static Outcome of(Kind kind, boolean waited) {
        return new Outcome(kind, List.of(), waited, null);
    }

    static Outcome jobs(List<Batch> batches, boolean waited) {
        return new Outcome(Kind.ANSWERED, batches, waited, null);
    }

    static Outcome failed(Throwable failure, boolean waited) {
        return new Outcome(Kind.FAILED, List.of(), waited, failure);
    }
}
