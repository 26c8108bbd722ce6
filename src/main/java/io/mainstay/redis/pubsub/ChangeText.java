package io.mainstay.redis.pubsub;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StateChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * State changes as one message: the number of those that were dropped before them, then a line for each, for example
 * {@code mail welcome-7 echo running 1 1764000000000}. None of the words can have a space in it.
 *
 * @param dropped changes that will never be told
 * @param changes in the order in which they were seen
 */
record ChangeText(long dropped, List<StateChange> changes) {

    private static final int WORDS = 6;
    private static final String QUEUE = "queue ";

    /** A message of its own: that a queue is changed. */
    static String of(QueueName queue) {
        return QUEUE + queue.value();
    }

    /** @return of which queue the message says that it is changed, if it is such a one */
    static Optional<QueueName> queue(String text) {
        return text.startsWith(QUEUE) ? Optional.of(new QueueName(text.substring(QUEUE.length()))) : Optional.empty();
    }

    String write() {
        StringBuilder text = new StringBuilder(16 + 96 * changes.size());
        text.append(dropped);
        for (StateChange change : changes) {
            text.append('\n').append(change.queue().value());
            text.append(' ').append(change.id().value());
            text.append(' ').append(change.handler().value());
            text.append(' ').append(change.state().wireName());
            text.append(' ').append(change.attempt());
            text.append(' ').append(change.at().toEpochMilli());
        }
        return text.toString();
    }

    /** @throws RuntimeException if the text is none that {@link #write} makes */
    static ChangeText read(String text) {
        String[] lines = text.split("\n");
        List<StateChange> changes = List.of(lines).subList(1, lines.length).stream()
                .map(ChangeText::line)
                .toList();
        return new ChangeText(Long.parseLong(lines[0]), changes);
    }

    private static StateChange line(String line) {
        String[] words = line.split(" ", WORDS);
        return new StateChange(
                new QueueName(words[0]),
                new JobId(words[1]),
                new HandlerName(words[2]),
                JobState.ofWireName("state", words[3]),
                Integer.parseInt(words[4]),
                Instant.ofEpochMilli(Long.parseLong(words[5])));
    }
}
