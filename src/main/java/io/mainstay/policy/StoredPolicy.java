package io.mainstay.policy;

import io.mainstay.job.QueueName;
import java.time.Instant;

/**
 * What is kept of a queue's policy.
 *
 * @param revision another one with each change
 * @param changedAt when, by the store's clock
 * @param policy as it was asked for
 * @param layout as it stands
 */
public record StoredPolicy(QueueName queue, String revision, Instant changedAt, QueuePolicy policy, Layout layout) {}
