package io.mainstay.queue;

import java.util.Optional;

/**
 * Answer to a request to run many jobs again.
 *
 * @param count how many are ready again
 * @param next cursor to go on from; empty when every job was looked at
 */
public record Requeued(int count, Optional<String> next) {}
