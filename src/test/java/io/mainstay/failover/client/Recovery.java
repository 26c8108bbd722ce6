package io.mainstay.failover.client;

/**
 * A client after a fault, in seconds from "Redis can answer".
 *
 * @param write first write that was acknowledged, null if none was in a minute
 * @param message first message that came, null if none did in a minute
 */
public record Recovery(Double write, Double message) {}
