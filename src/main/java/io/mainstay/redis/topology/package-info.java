/** Where commands about a key go: one address, sentinels, a cluster. */
package io.mainstay.redis.topology;
