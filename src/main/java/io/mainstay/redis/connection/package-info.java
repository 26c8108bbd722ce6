/** Connections to Redis, always there or on their way back, and calls over them. Knows nothing of jobs. */
package io.mainstay.redis.connection;
