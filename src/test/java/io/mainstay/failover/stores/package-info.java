/**
 * The lab of two Redis: mirrored queues under one fault at a time, measured into the section "Two Redis" of docs/failover.md. Short with {@code -Pchaos}, in full length
 * where it is recorded or {@code -Dmainstay.critical.full=true} asks for it.
 */
package io.mainstay.failover.stores;
