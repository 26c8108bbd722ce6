/** Says whether this instance can work, whether it does, and what it hears of its connections: the probes. */
package io.mainstay.health;
