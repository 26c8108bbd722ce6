/** Dead jobs in groups of the same error. */
package io.mainstay.queue.errors;
