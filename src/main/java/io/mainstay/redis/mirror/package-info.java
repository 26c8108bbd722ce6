/** What one Redis does for queues that are kept in two. */
package io.mainstay.redis.mirror;
