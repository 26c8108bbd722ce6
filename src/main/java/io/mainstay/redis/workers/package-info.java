/** What all instances know of workers and their handlers, in Redis. */
package io.mainstay.redis.workers;
