package io.mainstay.jobtype;

import io.mainstay.job.Backoff;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import java.time.Duration;

/**
 * The declaration of a handler; fields left out are null.
 *
 * @param queue where its jobs go that name none
 * @param maxAttempts, backoff, timeout of its jobs that do not say so themselves
 * @param schema of its payloads
 * @param hold when it is held
 */
public record Declaration(
        QueueName queue, Integer maxAttempts, Backoff backoff, Duration timeout, Json schema, HoldPolicy hold) {}
