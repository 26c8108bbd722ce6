/** The REST resources of jobs and queues; everything here runs on event loops and must not block. */
package io.mainstay.api;
