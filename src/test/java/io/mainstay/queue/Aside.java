package io.mainstay.queue;

import java.util.Set;

/**
 * What claims have put aside in a queue, which no answer tells.
 *
 * @param resting groups of which a claim found that their rate is used up
 */
public record Aside(Set<String> resting) {}
