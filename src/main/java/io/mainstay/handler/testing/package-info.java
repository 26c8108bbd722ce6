/**
 * For tests of handlers, in plain Java: {@link io.mainstay.handler.testing.TestJob} runs one job,
 * {@link io.mainstay.handler.testing.TestQueue} keeps some in memory. Neither needs Quarkus or a Redis.
 */
package io.mainstay.handler.testing;
