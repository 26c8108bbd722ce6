/** What queues take of the memory of Redis. */
package io.mainstay.redis.inspection;
