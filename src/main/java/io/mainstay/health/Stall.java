package io.mainstay.health;

import java.time.Duration;

/**
 * A lack of progress: something that should have happened by now.
 *
 * @param reason for metrics
 * @param text for people
 * @param lasting for how long it has been missing, without an excuse
 */
record Stall(StallReason reason, String text, Duration lasting) {}
