/** What is wrong with how connections are configured, in one sentence that names the key to set. Knows nothing of links. */
package io.mainstay.redis.connection.fault;
