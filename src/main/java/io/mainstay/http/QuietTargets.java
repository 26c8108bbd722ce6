package io.mainstay.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which targets send nothing after their answers, as seen on their first connections: only theirs are used again. A target
 * that sends a second answer of its own accord would else have it taken for the answer to the next request. Bounded; the
 * targets that were not called for longest are forgotten. Thread-safe.
 */
final class QuietTargets {

    /** As many of its connections must have been quiet, each after its last answer. */
    static final int PROOFS = 3;

    private static final int MOST = 1000;
    private static final Duration DISTRUST = Duration.ofMinutes(10);

    private final Map<SocketAddress, Record> records = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SocketAddress, Record> eldest) {
            return size() > MOST;
        }
    };
    private final Duration watch;
    private final int proofs;
    private final LongSupplier nanoTime;

    /**
     * @param watch how long a connection must have been quiet
     * @param proofs how many of them; 0 believes every target
     */
    QuietTargets(Duration watch, int proofs, LongSupplier nanoTime) {
        this.watch = watch;
        this.proofs = proofs;
        this.nanoTime = nanoTime;
    }

    Duration watch() {
        return watch;
    }

    /** Whether connections to it may be used again. */
    synchronized boolean proven(SocketAddress target) {
        return of(target).quiet >= proofs;
    }

    /** Whether one more of its connections, instead of being closed, is to be watched; one of the next two must follow. */
    synchronized boolean beginWatch(SocketAddress target) {
        Record record = of(target);
        boolean wanted =
                record.quiet + record.watched < proofs && (!record.odd || nanoTime.getAsLong() - record.oddUntil >= 0);
        record.watched += wanted ? 1 : 0;
        return wanted;
    }

    /** @param quiet whether nothing came for all that time */
    synchronized void endWatch(SocketAddress target, boolean quiet) {
        Record record = of(target);
        record.watched = Math.max(0, record.watched - 1);
        record.quiet += quiet ? 1 : 0;
    }

    /** Something came that was no answer: it must prove itself again, and not before some minutes are over. */
    synchronized void odd(SocketAddress target) {
        Record record = of(target);
        record.quiet = 0;
        record.odd = true;
        record.oddUntil = nanoTime.getAsLong() + DISTRUST.toNanos();
    }

    private Record of(SocketAddress target) {
        return records.computeIfAbsent(target, ignored -> new Record());
    }

    private static final class Record {
        int quiet;
        int watched;
        boolean odd;
        long oddUntil;
    }
}
