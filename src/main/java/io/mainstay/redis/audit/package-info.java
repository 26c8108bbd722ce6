/** The trail of who changed what, in Redis. */
package io.mainstay.redis.audit;
