/** What can be asked of queues, without saying where they are kept: the facade, the store seams and their answers. */
package io.mainstay.queue;
