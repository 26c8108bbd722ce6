/** What can be asked to change about a job that waits, and about the limits of a queue. */
package io.mainstay.queue.changes;
