/** API keys in Redis. */
package io.mainstay.redis.apikey;
