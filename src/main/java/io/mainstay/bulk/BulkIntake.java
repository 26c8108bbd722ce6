package io.mainstay.bulk;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.LimitReachedException;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreFullException;
import io.mainstay.job.StoreRefusedException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.JobsConfig;
import io.mainstay.rest.BodyLimit;
import io.mainstay.rest.BodyTooLargeException;
import io.mainstay.rest.ItemReader;
import io.mainstay.rest.MalformedRequestException;
import io.mainstay.rest.Problem;
import io.mainstay.rest.Problems;
import io.mainstay.rest.job.JobIntake;
import io.mainstay.rest.job.JobRequest;
import io.mainstay.rest.job.JobRequestReader;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Adds the jobs of a body while it comes in, a bounded number of bytes under way at a time, in the order of the body.
 * Blocks. Each job fares as if it had come alone, but when the store fails the rest is not tried.
 */
@Singleton
class BulkIntake {

    private static final Logger LOG = Logger.getLogger(BulkIntake.class);
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    /** Bytes under way to the store, per request. */
    private static final int WINDOW = 4 * 1024 * 1024;
    /** What a job counts at least: bounds how many are under way. */
    private static final int LEAST = 8 * 1024;

    private static final int LONGEST_KEY = 200;
    private static final long MOST_BYTES = 1L << 30;
    private static final long MOST_JOBS = 1_000_000;
    private static final long MOST_REQUESTS = 100;

    private final JobQueue jobs;
    private final JobIntake intake;
    private final JobRequestReader reader;
    private final int maxJobs;
    private final long maxItem;
    private final long maxBody;

    BulkIntake(JobQueue jobs, JobIntake intake, JobRequestReader reader, BulkConfig config, JobsConfig limits) {
        this.jobs = jobs;
        this.intake = intake;
        this.reader = reader;
        this.maxJobs = config.maxJobs();
        this.maxBody = config.maxBody().asLongValue();
        this.maxItem = limits.maxBody().asLongValue();
    }

    void check(@Observes StartupEvent event, BulkConfig config, JobsConfig limits) {
        Bounds.between(
                "mainstay.bulk.max-body",
                config.maxBody().asLongValue(),
                limits.maxBody().asLongValue(),
                MOST_BYTES);
        Bounds.between("mainstay.bulk.max-jobs", config.maxJobs(), 1, MOST_JOBS);
        Bounds.between("mainstay.bulk.max-requests", config.maxRequests(), 1, MOST_REQUESTS);
    }

    /**
     * @param lines whether the body is NDJSON; else it is a JSON array
     * @param idempotencyKey of the whole request, or null; jobs without an id get one made of it and their index
     * @param traceparent of the whole request, or null
     */
    BulkResult take(
            QueueName queue,
            BulkBody body,
            boolean lines,
            String idempotencyKey,
            String traceparent,
            boolean onlyFailed) {
        if (idempotencyKey != null && idempotencyKey.length() > LONGEST_KEY) {
            throw new InvalidValueException(
                    "Idempotency-Key", idempotencyKey, "at most " + LONGEST_KEY + " characters");
        }
        return new Run(queue, idempotencyKey, traceparent, new BulkResultCollector(onlyFailed))
                .take(body, new ItemReader(body, lines, maxBody, maxItem));
    }

    /** One request. */
    private final class Run {

        private final QueueName queue;
        private final String key;
        private final String traceparent;
        private final BulkResultCollector results;
        private final Semaphore window = new Semaphore(WINDOW);

        Run(QueueName queue, String key, String traceparent, BulkResultCollector results) {
            this.queue = queue;
            this.key = key;
            this.traceparent = traceparent;
            this.results = results;
        }

        BulkResult take(BulkBody body, ItemReader items) {
            int index = 0;
            try {
                for (Optional<ItemReader.Item> item = items.next();
                        item.isPresent() && !results.stopped();
                        item = items.next()) {
                    if (body.stopped() != null) {
                        results.stop(index, body.stopped());
                    } else if (index == maxJobs) {
                        results.stop(
                                index,
                                Problem.of(
                                        "too-many-jobs",
                                        413,
                                        "A request may have at most %d jobs.".formatted(maxJobs)));
                    } else {
                        take(index++, item.get().text());
                    }
                }
            } catch (MalformedRequestException e) {
                results.stop(index, Problems.of(e));
            } catch (BodyTooLargeException e) {
                results.stop(index, BodyLimit.problem(maxBody));
            } catch (BulkBody.StoppedException e) {
                results.stop(index, e.problem());
            } catch (IOException e) {
                LOG.debugf(e, "A bulk request broke off");
                results.stop(index, Problem.of("body-incomplete", BAD_REQUEST, "The body broke off."));
            } finally {
                // Answers come within the bounds of the store, so this ends.
                window.acquireUninterruptibly(WINDOW);
            }
            return results.result();
        }

        private void take(int index, byte[] text) throws IOException {
            try {
                if (text == null) {
                    results.refused(index, BodyLimit.problem(maxItem));
                    return;
                }
                JobRequest request = reader.read(text);
                String ownKey = request.id() != null ? null : key;
                // The store answers within its bounds; in most cases it is not asked.
                intake.prepare(request).await().indefinitely();
                send(index, text.length, intake.accept(queue, request, ownKey, "bulk " + index, traceparent));
            } catch (MalformedRequestException e) {
                results.refused(index, Problems.of(e));
            } catch (RuntimeException e) {
                failed(index, e);
            }
        }

        private void send(int index, int bytes, NewJob job) {
            int share = Math.min(WINDOW, Math.max(LEAST, bytes));
            // First of all: it may throw, and what was acquired then is not given back.
            Uni<Enqueued> sent = jobs.enqueue(job);
            window.acquireUninterruptibly(share);
            sent.subscribe()
                    .with(
                            added -> {
                                results.added(index, added);
                                window.release(share);
                            },
                            error -> {
                                failed(index, error);
                                window.release(share);
                            });
        }

        private void failed(int index, Throwable error) {
            if (!(error instanceof MainstayException told)) {
                results.stop(index, Problems.unforeseen(error, "a bulk request"));
            } else if (told instanceof StoreUnavailableException
                    || told instanceof StoreFullException
                    || told instanceof LimitReachedException
                    || told instanceof StoreRefusedException) {
                results.stop(index, Problems.of(told));
            } else {
                results.refused(index, Problems.of(told));
            }
        }
    }
}
