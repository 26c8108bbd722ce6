/** What was counted of jobs, over time, in Redis. */
package io.mainstay.redis.stats;
