package io.mainstay.lease.claim;

import io.mainstay.job.Bounds;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.lease.report.LeaseReports;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A request for jobs as a worker wrote it.
 *
 * @param max, lease, version, concurrency null if left out
 * @param reports as they came
 */
record LeaseRequest(
        String worker,
        List<QueueName> queues,
        List<HandlerName> handlers,
        Integer max,
        Duration lease,
        String version,
        Integer concurrency,
        List<Json> reports) {

    private static final int LONGEST_WORKER = 64;
    private static final int MOST_QUEUES = 20;
    private static final int MOST_HANDLERS = 200;
    private static final int MOST_JOBS = 1000;
    private static final int LONGEST_VERSION = 64;
    private static final int MOST_CONCURRENCY = 10_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final HandlerName HTTP = new HandlerName("http");

    LeaseRequest {
        // One of dots alone could not be named in a path.
        if (worker == null || !worker.matches("[A-Za-z0-9._-]{1," + LONGEST_WORKER + "}") || worker.matches("\\.+")) {
            throw new InvalidValueException("worker", worker, "[A-Za-z0-9._-]{1,64}, and not only dots");
        }
        queues = distinct("queues", queues, MOST_QUEUES);
        for (QueueName queue : queues) {
            if (queue.isReserved()) {
                throw new InvalidValueException("queues", queue, "not a queue whose jobs only instances run");
            }
        }
        handlers = distinct("handlers", handlers, MOST_HANDLERS);
        if (handlers.contains(HTTP)) {
            throw new InvalidValueException(
                    "handlers", HTTP, "handlers other than http, whose jobs the service runs itself");
        }
        max = Objects.requireNonNullElse(max, 1);
        Bounds.between("max", max.intValue(), 1L, MOST_JOBS);
        lease = Bounds.between("lease", Objects.requireNonNullElse(lease, USUAL), SHORTEST, LONGEST);
        if (version != null && version.length() > LONGEST_VERSION) {
            throw new InvalidValueException("version", version, "at most " + LONGEST_VERSION + " characters");
        }
        if (concurrency != null) {
            Bounds.between("concurrency", concurrency.intValue(), 1L, MOST_CONCURRENCY);
        }
        reports = reports == null ? List.of() : List.copyOf(reports);
        Bounds.between("reports", reports.size(), 0L, LeaseReports.MOST);
    }

    Ask ask(Ask.Name name) {
        return new Ask(worker, queues, Set.copyOf(handlers), max, lease, name);
    }

    private static <T> List<T> distinct(String field, List<T> values, int most) {
        List<T> given = values == null ? List.of() : values;
        Bounds.between(field, given.size(), 1L, most);
        Set<T> seen = new HashSet<>();
        for (T value : given) {
            if (!seen.add(value)) {
                throw new InvalidValueException(field, value, "named once");
            }
        }
        return List.copyOf(given);
    }
}
