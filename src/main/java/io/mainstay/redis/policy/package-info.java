/** Policies of queues, in Redis. */
package io.mainstay.redis.policy;
