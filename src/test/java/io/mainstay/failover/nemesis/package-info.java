/**
 * What faults are made with: a link that can be slow, a clock that can be stepped, an application that can answer
 * wrongly. None of it knows the lab.
 */
package io.mainstay.failover.nemesis;
