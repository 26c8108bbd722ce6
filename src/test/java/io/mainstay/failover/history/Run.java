package io.mainstay.failover.history;

import java.time.Instant;

/**
 * An attempt as the handler saw it.
 *
 * @param job as the service named it
 * @param attempt counted from 1
 * @param end when the handler was done with it
 * @param status what the handler answered; {@link #BROKEN} if it gave no whole answer
 * @param foreign id of another job in what it was sent, empty if there is none
 */
public record Run(String job, int attempt, Instant begin, Instant end, int status, String foreign) {

    public static final int BROKEN = 0;
}
