/**
 * The failover lab: the packaged service under a steady flow of jobs, real Redis processes, one fault at a time, and a
 * clock that runs from "Redis can answer" to the next job done. {@code FailoverIT} is the short form, {@code -Pchaos}
 * the long one; both write target/failover/results.json.
 */
package io.mainstay.failover;
