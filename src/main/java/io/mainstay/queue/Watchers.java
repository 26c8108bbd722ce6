package io.mainstay.queue;

import java.util.List;

/**
 * Those who watch jobs, and change nothing.
 *
 * @param observers told of single events
 * @param tracer follows jobs
 */
public record Watchers(List<JobObserver> observers, JobTracer tracer) {

    public Watchers {
        observers = List.copyOf(observers);
    }
}
