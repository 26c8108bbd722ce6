/** The vocabulary: what a job is, which states it goes through and what its parts may be. Plain Java, no I/O. */
package io.mainstay.job;
