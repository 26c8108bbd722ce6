/** Attempts, whoever runs them: what is known of one, and by which rules it ends. */
package io.mainstay.queue.attempt;
