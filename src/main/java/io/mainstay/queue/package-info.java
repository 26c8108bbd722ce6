/** What can be asked of jobs and queues, without saying where they are kept: the facade, the store seams, their answers. */
package io.mainstay.queue;
