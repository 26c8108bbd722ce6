/** Hooks and the notices they are to be told of, in Redis. */
package io.mainstay.redis.hook;
