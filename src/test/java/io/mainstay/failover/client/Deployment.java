package io.mainstay.failover.client;

import java.util.List;

/**
 * Where a client finds Redis.
 *
 * @param addresses of Redis, or of the sentinels
 * @param masterName what the sentinels call the primary, null if there are none
 */
public record Deployment(List<String> addresses, String masterName) {}
