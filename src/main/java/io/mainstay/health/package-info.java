/** Says whether this instance can work, and whether it does: the probes. */
package io.mainstay.health;
