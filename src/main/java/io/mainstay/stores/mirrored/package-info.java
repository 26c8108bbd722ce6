/** Queues that are kept in both stores, put together as one: see {@code io.mainstay.mirror}. */
package io.mainstay.stores.mirrored;
