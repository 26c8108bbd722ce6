/** What workers are called, in this process and elsewhere. */
package io.mainstay.queue.names;
