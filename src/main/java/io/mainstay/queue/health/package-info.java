/** What is told of whether jobs flow: stalls, health of an instance, its recoveries. */
package io.mainstay.queue.health;
