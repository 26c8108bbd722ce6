package io.mainstay.failover;

/**
 * The stock client after a fault, in seconds from "Redis can answer".
 *
 * @param commands first command that worked, null if none did in a minute
 * @param subscription first message that came, null if none did in a minute
 */
record StockRecovery(Double commands, Double subscription) {}
