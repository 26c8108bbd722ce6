package io.mainstay.health;

import java.time.Duration;

/**
 * Something that should have happened by now.
 *
 * @param reason for metrics
 * @param text for people
 * @param lasting for how long it has been missing, without an excuse
 */
record Symptom(StallReason reason, String text, Duration lasting) {}
