/** What is told of whether jobs flow. */
package io.mainstay.queue.health;
