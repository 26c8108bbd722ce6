package io.mainstay.queue;

import java.nio.charset.StandardCharsets;

/**
 * Room for jobs in the answer to a claim of the in-memory store. It counts payloads alone, as it keeps no text of the rest;
 * tests leave room for that.
 */
final class TwinAnswer {

    private final int most;
    private int bytes;
    private boolean any;
    private boolean full;

    TwinAnswer(int most) {
        this.most = most;
    }

    /** One comes that takes no room: its worker has it already. */
    void comes() {
        any = true;
    }

    /** Whether there is room for it too, and was for all before; the first always has room. */
    boolean takes(TwinJob job) {
        int size = job.asked.spec().payload().text().getBytes(StandardCharsets.UTF_8).length;
        full |= any && bytes + size > most;
        if (!full) {
            any = true;
            bytes += size;
        }
        return !full;
    }
}
