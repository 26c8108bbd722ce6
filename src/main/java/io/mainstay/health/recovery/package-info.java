/** What became of connections, and how long it took until jobs flowed again: the log of recoveries. */
package io.mainstay.health.recovery;
