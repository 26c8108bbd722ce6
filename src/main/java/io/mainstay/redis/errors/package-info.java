/** Groups of errors in Redis. */
package io.mainstay.redis.errors;
