/** The wait for a job's end: whoever waits looks at states, less often while instances tell one another of ends. */
package io.mainstay.queue.waiting;
