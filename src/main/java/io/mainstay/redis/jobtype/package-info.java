/** What is declared of handlers, in Redis. */
package io.mainstay.redis.jobtype;
