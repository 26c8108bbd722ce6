/** What is declared of handlers, and which of them are held. */
package io.mainstay.queue.handlers;
