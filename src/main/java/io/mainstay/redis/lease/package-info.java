/** What tokens and callbacks ask of Redis. */
package io.mainstay.redis.lease;
