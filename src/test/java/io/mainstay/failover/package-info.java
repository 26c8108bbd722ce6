/**
 * The failover lab: the packaged service under a steady flow of jobs, real Redis processes, one fault at a time, and a
 * clock that runs from "Redis can answer" to the next job done. {@code FailoverIT} is the short form, {@code -Pchaos}
 * the long one; both write target/failover/results.json. {@code OtherClientsIT} has some of the faults strike other
 * Redis clients.
 *
 * <p>{@code ChaosIT} is another matter: two instances under mixed traffic, faults of many kinds one after the other ({@code
 * Nemeses}), and a history of what callers, handlers and Redis saw ({@code ChaosRun}), which {@code history} judges. {@code
 * MirroredChaosIT} does the same with two stores; {@code stores} has single faults of two.
 */
package io.mainstay.failover;
