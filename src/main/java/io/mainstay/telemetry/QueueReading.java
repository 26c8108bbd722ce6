package io.mainstay.telemetry;

import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.route.DueJobs;

/**
 * What was read of a queue.
 *
 * @param due whose the due jobs are, by the handlers of this instance
 * @param withoutWorker ready jobs that nobody could run, wherever; 0 if that cannot be told
 */
record QueueReading(QueueFigures figures, DueJobs due, long withoutWorker) {}
