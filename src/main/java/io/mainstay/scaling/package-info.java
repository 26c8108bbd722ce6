/** Tells how many instances there should be, from what waits in the queues, for whatever scales them. */
package io.mainstay.scaling;
