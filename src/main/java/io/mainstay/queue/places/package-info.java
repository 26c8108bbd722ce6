/** Where jobs of queues lie that have several places. */
package io.mainstay.queue.places;
