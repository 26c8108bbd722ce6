package io.mainstay.worker;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.OwnQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which queues this instance serves and how it shares its workers among them.
 *
 * @param named weight of each served queue; empty if every queue is served
 * @param own the private queue of this instance, served besides; no other private one is
 */
record QueueWeights(Map<QueueName, Integer> named, Optional<OwnQueue> own) {

    static final QueueWeights ALL = new QueueWeights(Map.of(), Optional.empty());

    private static final String KEY = "mainstay.worker.queues";
    private static final int HEAVIEST = 1000;

    QueueWeights {
        named = Map.copyOf(named);
    }

    static QueueWeights parse(List<String> entries) {
        Map<QueueName, Integer> weights = new LinkedHashMap<>();
        for (String entry : entries) {
            String[] parts = entry.strip().split("=", 2);
            QueueName queue = new QueueName(parts[0].strip());
            if (weights.put(queue, parts.length == 1 ? 1 : weight(parts[1].strip())) != null) {
                throw new InvalidValueException(KEY, queue, "named once");
            }
        }
        return new QueueWeights(weights, Optional.empty());
    }

    QueueWeights and(OwnQueue privateQueue) {
        return new QueueWeights(named, Optional.of(privateQueue));
    }

    boolean all() {
        return named.isEmpty();
    }

    boolean serves(QueueName queue) {
        if (queue.isPrivate()) {
            return own.filter(mine -> mine.ownsAnywhere(queue)).isPresent();
        }
        // Its jobs are for any instance that has workers.
        return all() || named.containsKey(queue.logical()) || queue.logical().equals(QueueName.HOOKS);
    }

    int of(QueueName queue) {
        return named.getOrDefault(queue.logical(), 1);
    }

    /** The same, finer: the parts of a queue have the weight of the queue together. */
    int share(QueueName place) {
        return of(place) * QueueName.MAX_PARTITIONS / place.partitions();
    }

    private static int weight(String text) {
        try {
            int weight = Integer.parseInt(text);
            if (weight >= 1 && weight <= HEAVIEST) {
                return weight;
            }
        } catch (NumberFormatException e) {
            // Said below, with the limits.
        }
        throw new InvalidValueException(KEY, text, "a weight between 1 and " + HEAVIEST);
    }
}
