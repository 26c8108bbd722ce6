package io.mainstay.lease.claim;

import io.mainstay.job.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One request for jobs, from when it joined its line until it is answered. Most of them wait with nothing going on, so they hold little.
 * Loop only.
 */
final class Waiter {

    /** Bytes of jobs in one answer, about; one job comes whatever its size. */
    static final long MOST_BYTES = 4L << 20;

    /** So often a claim under a key may bring nothing though there is more: what it got before is over, and it gets nothing else. */
    private static final int MOST_VAIN_CLAIMS = 20;

    private static final String NO_ANSWER = "no claim was answered in time";

    final Ask ask;
    final long arrivedAt;
    /** Whether it waits for jobs to come; if not, it is answered once all queues were asked. */
    final boolean waits;

    private final Line line;
    private Consumer<Outcome> answer;
    /** Queues of which it is not known whether they have jobs, as nobody has asked since it came. */
    private final Set<LineQueue> unknown;

    private List<Batch> batches = List.of();
    private int left;
    private long bytesLeft = MOST_BYTES;
    /** Claims under way for it that are not slow. */
    private int claims;

    private int vainClaims;
    private boolean asked;
    private Throwable failure;
    /** When it ends, in nanoseconds, if it waits. */
    private long end;

    private boolean lastChance;
    private boolean over;
    private boolean answered;

    /** @param arrivedAt number of this event, see {@link Waiters} */
    Waiter(Ask ask, boolean waits, Line line, long arrivedAt, Consumer<Outcome> answer) {
        this.ask = ask;
        this.waits = waits;
        this.line = line;
        this.arrivedAt = arrivedAt;
        this.answer = answer;
        this.left = ask.max();
        this.unknown = line.notKnownEmpty();
        this.asked = unknown.isEmpty();
    }

    Line line() {
        return line;
    }

    boolean over() {
        return over;
    }

    /** Whether its caller was told, and so has no reason to repeat it. */
    boolean answered() {
        return answered;
    }

    int left() {
        return left;
    }

    long bytesLeft() {
        return bytesLeft;
    }

    boolean hasJobs() {
        return !batches.isEmpty();
    }

    List<Batch> batches() {
        return batches;
    }

    /**
     * Whether another claim may be made for it: from each queue once, and from one after the other. One that does not wait is answered once all
     * queues were asked, so it must not ask one of them again.
     */
    boolean wants(LineQueue queue) {
        return !over
                && claims == 0
                && (waits || unknown.contains(queue))
                && left > 0
                && bytesLeft > 0
                && batches.stream().noneMatch(batch -> batch.queue().equals(queue.name));
    }

    boolean full() {
        return left == 0 || bytesLeft <= 0;
    }

    boolean claiming() {
        return claims > 0;
    }

    void claimBegun() {
        claims++;
    }

    void claimOver() {
        claims--;
    }

    /** One of its claims brought nothing, though there are jobs. */
    void claimedInVain() {
        vainClaims++;
    }

    /** Whether there is no use in asking again under its key. */
    boolean spent() {
        return ask.repeatable() && vainClaims >= MOST_VAIN_CLAIMS;
    }

    /** @return what it has no room for */
    Batch take(Batch batch) {
        Batch taken = batch.first(left);
        if (!taken.jobs().isEmpty()) {
            if (batches.isEmpty()) {
                batches = new ArrayList<>(1);
            }
            batches.add(taken);
            left -= taken.jobs().size();
            bytesLeft -= taken.bytes();
        }
        return batch.after(taken.jobs().size());
    }

    /** The queue was asked, and has nothing for it that it did not get. */
    void heardOf(LineQueue queue) {
        unknown.remove(queue);
        asked = true;
    }

    void notHeardOf(LineQueue queue, Throwable why) {
        if (unknown.remove(queue)) {
            failure = why;
        }
    }

    /** Whether all queues were asked, or it was tried. */
    boolean askedAll() {
        return unknown.isEmpty();
    }

    /** What to say if there are no jobs for it. */
    Outcome nothing() {
        boolean nobodyKnows = waits ? !asked : failure != null;
        return nobodyKnows
                ? Outcome.failed(failure == null ? new StoreUnavailableException(NO_ANSWER, null) : failure, waits)
                : Outcome.jobs(batches, waits);
    }

    /** Whether nothing more is going to come of its first look, but a failure. */
    boolean failed() {
        return unknown.isEmpty() && failure != null && (!waits || !asked);
    }

    long end() {
        return end;
    }

    void endAt(long nanos) {
        end = nanos;
    }

    /** Whether to wait a moment longer, as an answer is on its way; once. */
    boolean takesLastChance() {
        boolean first = claims > 0 && !lastChance;
        lastChance = true;
        return first;
    }

    /** Its repeat is there: from now on that is answered. */
    Consumer<Outcome> takenOverBy(Consumer<Outcome> repeat) {
        Consumer<Outcome> before = answer;
        answer = repeat;
        lastChance = false;
        return before;
    }

    Consumer<Outcome> answer() {
        return answer;
    }

    /** Once. */
    void answer(Outcome outcome) {
        over = true;
        answered = true;
        answer.accept(outcome);
    }

    /** Nobody is there to be answered. */
    void giveUp() {
        over = true;
    }
}
