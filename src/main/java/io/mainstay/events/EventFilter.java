package io.mainstay.events;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import io.mainstay.rest.ForbiddenException;
import io.mainstay.security.Caller;
import io.mainstay.security.QueuePatterns;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which changes a client asked for.
 *
 * @param queues empty: of all queues
 * @param states empty: into all states
 * @param allowed queues that the client may see
 */
record EventFilter(Set<QueueName> queues, Set<JobState> states, QueuePatterns allowed) {

    EventFilter {
        queues = Set.copyOf(queues);
        states = Set.copyOf(states);
    }

    /**
     * @throws io.mainstay.job.InvalidValueException if one is no name of a queue or of a state
     * @throws ForbiddenException if the caller names a queue that it may not touch
     */
    static EventFilter parse(List<String> queues, List<String> states, Caller caller) {
        Set<QueueName> names = queues.stream().map(QueueName::new).collect(Collectors.toSet());
        ForbiddenException.checkQueues(caller, names);
        return new EventFilter(
                names,
                states.stream()
                        .map(state -> JobState.ofWireName("state", state))
                        .collect(Collectors.toSet()),
                caller.queues());
    }

    boolean matches(Event event) {
        if (event instanceof Event.Changed changed) {
            return matches(changed.change());
        }
        if (event instanceof Event.QueueChanged changed) {
            return states.isEmpty() && matches(changed.queue());
        }
        return !(event instanceof Event.Held held) || states.isEmpty() && matches(held.queue());
    }

    /** @param queue that is declared for a handler, or null */
    private boolean matches(QueueName queue) {
        return queue == null
                ? queues.isEmpty()
                : (queues.isEmpty() || queues.contains(queue)) && allowed.matches(queue.value());
    }

    private boolean matches(StateChange change) {
        return (queues.isEmpty() || queues.contains(change.queue()))
                && (states.isEmpty() || states.contains(change.state()))
                && allowed.matches(change.queue().value());
    }
}
