package io.mainstay.kube;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** All that callers saw during one scenario. */
record Account(List<Enqueueing> requests) {

    List<String> acknowledged() {
        return requests.stream()
                .filter(Enqueueing::acknowledged)
                .map(Enqueueing::id)
                .toList();
    }

    /** Share of requests that were acknowledged, to the first try or the second. */
    double availability() {
        return (double) acknowledged().size() / requests.size();
    }

    /** The same for a caller who does not try again. */
    double firstTry() {
        return (double) requests.stream().filter(it -> it.tries() == 1).count() / requests.size();
    }

    Duration slowest() {
        return requests.stream()
                .map(Enqueueing::took)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d requests, first try %.2f %%, with one retry %.2f %%, slowest %.2f s",
                requests.size(),
                100 * firstTry(),
                100 * availability(),
                slowest().toMillis() / 1000.0);
    }
}
