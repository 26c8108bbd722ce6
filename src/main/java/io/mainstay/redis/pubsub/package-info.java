/** What comes through subscriptions: wake-ups and changes of jobs, and whether they can be relied upon. */
package io.mainstay.redis.pubsub;
