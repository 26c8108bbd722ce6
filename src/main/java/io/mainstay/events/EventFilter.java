package io.mainstay.events;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which changes a client asked for.
 *
 * @param queues empty: of all queues
 * @param states empty: into all states
 */
record EventFilter(Set<QueueName> queues, Set<JobState> states) {

    EventFilter {
        queues = Set.copyOf(queues);
        states = Set.copyOf(states);
    }

    /** @throws io.mainstay.job.InvalidValueException if one is no name of a queue or of a state */
    static EventFilter parse(List<String> queues, List<String> states) {
        return new EventFilter(
                queues.stream().map(QueueName::new).collect(Collectors.toSet()),
                states.stream()
                        .map(state -> JobState.ofWireName("state", state))
                        .collect(Collectors.toSet()));
    }

    boolean matches(StateChange change) {
        return (queues.isEmpty() || queues.contains(change.queue()))
                && (states.isEmpty() || states.contains(change.state()));
    }
}
