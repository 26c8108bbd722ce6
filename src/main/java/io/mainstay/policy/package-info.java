/** Policies of queues: over how many partitions a queue is spread, and what becomes of critical ones. */
package io.mainstay.policy;
