/** Streams state changes of jobs to whoever listens, as server-sent events. */
package io.mainstay.events;
