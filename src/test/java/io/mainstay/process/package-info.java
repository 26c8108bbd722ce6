/**
 * Real processes: the packaged service as others run it, and Redis as a single server, under sentinels and as a cluster,
 * several of which come to a bad end.
 */
package io.mainstay.process;
