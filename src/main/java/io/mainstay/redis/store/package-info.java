/** What is kept in Redis, under which keys, by which scripts, in which form. */
package io.mainstay.redis.store;
