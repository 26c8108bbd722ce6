package io.mainstay.process;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A client with many threads that enqueues jobs at whichever instance answers, repeating what was not acknowledged. */
final class JobSender implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int TRIES = 500;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CopyOnWriteArrayList<ServiceProcess> instances;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    JobSender(CopyOnWriteArrayList<ServiceProcess> instances) {
        this.instances = instances;
    }

    /** Starts sending; the latch opens when every job was acknowledged or given up. */
    CountDownLatch send(String queue, int count, IntFunction<String> bodyOf) {
        CountDownLatch done = new CountDownLatch(THREADS);
        AtomicInteger next = new AtomicInteger();
        for (int thread = 0; thread < THREADS; thread++) {
            threads.execute(() -> {
                Random random = new Random();
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    if (enqueue("/v1/queues/" + queue + "/jobs", bodyOf.apply(i), random)) {
                        acknowledged.add(queue + "/" + i);
                    }
                }
                done.countDown();
            });
        }
        return done;
    }

    /** Queue and number of the jobs that Mainstay answered 200 or 201 for. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    private boolean enqueue(String path, String body, Random random) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (acknowledged(instances.get(random.nextInt(instances.size())), path, body)) {
                return true;
            }
        }
        return false;
    }

    private boolean acknowledged(ServiceProcess instance, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(instance.uri(path))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return status == 201 || status == 200;
        } catch (IOException instanceIsGone) {
            // The next try goes to another one, or to its successor; the id makes the repeat harmless.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
