/** Looking up by id in the store what an instance does not have in memory, at a bounded rate. */
package io.mainstay.queue.lookup;
