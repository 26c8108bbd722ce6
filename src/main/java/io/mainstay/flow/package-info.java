/** Flows: jobs that run after other jobs, in whichever queues; carries the news between them. */
package io.mainstay.flow;
