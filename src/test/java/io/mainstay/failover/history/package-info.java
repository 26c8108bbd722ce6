/**
 * What callers, handlers and Redis saw of a run under faults, and the rules it is held against. Plain data and plain
 * functions: no clock, no network. Times are those of the machine that looked on, not Redis's, whose clock is one of
 * the things that faults change.
 */
package io.mainstay.failover.history;
