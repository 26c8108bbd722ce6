package io.mainstay.worker;

import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import java.time.Duration;

/**
 * What the dispatcher knows of one queue: whether it may have due jobs, and the claim under way. Loop only.
 *
 * <p>The store wakes us only when a queue turns from empty to not empty. So the hint may be dropped only on an answer
 * that shows the queue empty: no job left behind that may start, however many came, and no hint since the claim was sent
 * (the wake-up can overtake the answer).
 */
final class ServedQueue {

    /** Empty answers that say there is more are taken at their word this often; then it waits a little. */
    private static final int MOST_VAIN_CLAIMS = 20;

    /** After a claim that asked for less was answered, the next asks for this much at least. */
    private static final int FEW_BYTES = 64 * 1024;

    final QueueName queue;
    final int weight;
    final CallBackoff backoff = new CallBackoff();
    /** The claim under way or to be repeated, or null. */
    PendingClaim claim;

    long credit;
    int allotted;
    private boolean hinted;
    private boolean hintedSince;
    /** Whether jobs were left as their targets had no room. */
    private boolean unwanted;

    private int vainClaims;
    private int bytes = ClaimRequest.MOST_BYTES;
    private long notBefore = System.nanoTime();
    private Runnable cancelDue = () -> {};
    private boolean timed;

    ServedQueue(QueueName queue, int weight) {
        this.queue = queue;
        this.weight = weight;
    }

    /** There may be due jobs. */
    void hint() {
        hinted = true;
        hintedSince = true;
    }

    /** Targets have room that had none. */
    void roomAgain() {
        if (unwanted || claim != null) {
            hint();
        }
    }

    /** A look is due; one that is under way will do. */
    void poll() {
        if (claim == null) {
            hinted = true;
        }
    }

    boolean hinted() {
        return hinted;
    }

    boolean claimable(long now) {
        return hinted && claim == null && now - notBefore >= 0;
    }

    boolean repeatable(long now) {
        return claim != null && !claim.underWay && now - notBefore >= 0;
    }

    boolean idle() {
        return claim == null && !hinted && !timed && !unwanted;
    }

    /** Most bytes of jobs that a claim may bring: less after answers that did not arrive, more again after those that did. */
    int bytes() {
        return bytes;
    }

    /** An answer was lost; the next that is as large may be lost as well. */
    void lost() {
        bytes = Math.max(1, bytes / 2);
    }

    void sending() {
        hintedSince = false;
    }

    void answered(Claimed claimed) {
        // A repeat answers for the past; it says nothing about the queue now.
        boolean seenEmpty = !claimed.more() && !claim.repeated();
        unwanted = claimed.unwanted();
        bytes = Math.min(ClaimRequest.MOST_BYTES, Math.max(FEW_BYTES, 2 * claim.request.bytes()));
        claim = null;
        backoff.succeeded();
        // Only who is asked while a target has no room tells when it has.
        boolean usedUpRoom = claimed.unwanted() && !claimed.jobs().isEmpty();
        hinted = hintedSince || !seenEmpty || usedUpRoom;
        vainClaims = claimed.jobs().isEmpty() && claimed.more() ? vainClaims + 1 : 0;
    }

    /** Whether it keeps saying that there is more, and gives nothing. */
    boolean claimsInVain() {
        return vainClaims >= MOST_VAIN_CLAIMS;
    }

    void rest(Duration wait) {
        notBefore = System.nanoTime() + wait.toNanos();
    }

    void restNoLonger() {
        notBefore = System.nanoTime();
    }

    /** Replaces the timer for the next time at which there may be a due job. */
    void nextDueTimer(Runnable cancel) {
        cancelDue.run();
        cancelDue = cancel;
        timed = true;
    }

    /** There is none, or it has fired. */
    void noDueTimer() {
        cancelDue.run();
        cancelDue = () -> {};
        timed = false;
    }
}
