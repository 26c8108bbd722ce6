package io.mainstay.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The slots of a worker that are free, and the reports that are to be sent. An attempt holds its slot until its report was taken by the
 * service, so that there are never more running jobs than slots in the service's eyes either: a report brings its slot along.
 * Reports go out with the next claim if one is about to be sent, else alone. Thread-safe.
 */
final class Desk {

    static final int MOST_REPORTS = 200;
    /** For so long reports are left for a claim that may take them along. */
    private static final Duration LINGER = Duration.ofMillis(5);

    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private int free;
    /** Claimers that take reports along now or in a moment: all that do not wait for jobs. */
    private int busy;

    private long pausedUntil = System.nanoTime();
    private boolean closed;
    private boolean reportsClosed;

    /**
     * What a claim is made of.
     *
     * @param slots free ones
     * @param reports each with a slot of its own
     */
    record Turn(int slots, List<Report> reports) {

        int room() {
            return slots + reports.size();
        }
    }

    Desk(int slots, int claimers) {
        free = slots;
        busy = claimers;
    }

    /** Waits for slots, those of reports included. @return null if no more jobs are to be claimed */
    synchronized Turn awaitTurn(int most) throws InterruptedException {
        while (!closed) {
            long pause = pausedUntil - System.nanoTime();
            if (pause > 0) {
                busy--;
                await(pause);
                busy++;
                continue;
            }
            List<Report> taken = takeReady(Math.min(most, MOST_REPORTS));
            int slots = Math.max(0, Math.min(free, most - taken.size()));
            if (slots + taken.size() > 0) {
                free -= slots;
                return new Turn(slots, taken);
            }
            wait();
        }
        return null;
    }

    /** A claim takes no reports along, since it waits for jobs. */
    synchronized void claimWaits() {
        busy--;
        notifyAll();
    }

    synchronized void claimReturns() {
        busy++;
    }

    /** Waits for reports that no claim takes along. @return null when there are none and there will be none */
    synchronized List<Report> awaitReports() throws InterruptedException {
        long lingerUntil = System.nanoTime() + LINGER.toNanos();
        while (true) {
            if (reports.isEmpty()) {
                if (reportsClosed) {
                    return null;
                }
                wait();
                lingerUntil = System.nanoTime() + LINGER.toNanos();
                continue;
            }
            long linger = busy > 0 && !closed ? lingerUntil - System.nanoTime() : 0;
            if (linger <= 0) {
                return takeAny();
            }
            await(linger);
        }
    }

    /** One that nobody has tried to send yet. */
    synchronized void add(Report report) {
        reports.add(report);
        notifyAll();
    }

    /** Ones that could not be sent. */
    synchronized void putBack(List<Report> unsent) {
        unsent.forEach(reports::addFirst);
        notifyAll();
    }

    /** @param slots that are free again; may be negative, if more jobs came than there was room for */
    synchronized void give(int slots) {
        free += slots;
        notifyAll();
    }

    /** No job is claimed for so long. */
    synchronized void pause(Duration time) {
        pausedUntil = System.nanoTime() + time.toNanos();
        notifyAll();
    }

    /** No more jobs are claimed. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** No more reports will come. */
    synchronized void closeReports() {
        reportsClosed = true;
        notifyAll();
    }

    /** Sleeps, unless jobs are not claimed any more. */
    synchronized void rest(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            await(left);
        }
    }

    /** Those whose attempts left nothing else unsaid; that must be sent before. */
    private List<Report> takeReady(int most) {
        List<Report> taken = new ArrayList<>();
        Iterator<Report> all = reports.iterator();
        int characters = 0;
        while (taken.size() < most && characters < Report.MOST_CHARACTERS - Report.LARGE && all.hasNext()) {
            Report report = all.next();
            if (!report.alone() && report.attempt().notes().isEmpty()) {
                taken.add(report);
                characters += report.json().length();
                all.remove();
            }
        }
        return taken;
    }

    private List<Report> takeAny() {
        List<Report> taken = new ArrayList<>(List.of(reports.remove()));
        int characters = taken.get(0).json().length();
        while (taken.size() < MOST_REPORTS
                && !taken.get(0).alone()
                && !reports.isEmpty()
                && !reports.peek().alone()
                && characters < Report.MOST_CHARACTERS - Report.LARGE) {
            characters += reports.peek().json().length();
            taken.add(reports.remove());
        }
        return taken;
    }

    private void await(long nanos) throws InterruptedException {
        wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
    }
}
