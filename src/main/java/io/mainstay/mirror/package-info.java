/** Queues that are kept in two stores, so that the loss of one loses nothing: see ADR 14. */
package io.mainstay.mirror;
