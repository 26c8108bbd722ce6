package io.mainstay.job;

import java.time.Instant;

/**
 * The moments of a job by the store's clock, to the millisecond.
 *
 * @param enqueuedAt accepted
 * @param runAt when it became, or becomes, due
 * @param startedAt when the latest attempt was claimed, or null
 * @param finishedAt when it ended, or null
 */
public record Timeline(Instant enqueuedAt, Instant runAt, Instant startedAt, Instant finishedAt) {}
