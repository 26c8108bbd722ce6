package io.mainstay.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/** The interim answers to one request, which are read past (RFC 9110, 15.2). */
final class InterimAnswers {

    /** A target that works for hours may send one every few seconds. */
    static final int MOST = 1000;

    private int count;
    private boolean open;
    private boolean unknown;

    /** @return false if there were too many */
    boolean take(HttpResponse head) {
        int status = head.status().code();
        unknown |= status != 100 && status != 102 && status != 103;
        open = !(head instanceof LastHttpContent);
        return ++count <= MOST;
    }

    /** Whether what comes next is a part of one. */
    boolean takes(Object part) {
        boolean taken = open;
        open = open && !(part instanceof LastHttpContent);
        return taken;
    }

    /** Whether there was one that nobody knows the meaning of. */
    boolean anyUnknown() {
        return unknown;
    }
}
