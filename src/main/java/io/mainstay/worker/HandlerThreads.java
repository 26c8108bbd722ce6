package io.mainstay.worker;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * The threads that blocking handlers run on: virtual ones if wanted and there (Java 21), else daemon threads that are
 * reused. There is no bound but the worker slots: a handler that ignores its interruption must not take a thread from
 * the jobs after it. Thread-safe.
 */
@Singleton
final class HandlerThreads {

    private static final Logger LOG = Logger.getLogger(HandlerThreads.class);

    private final ExecutorService executor;

    HandlerThreads(WorkerConfig config) {
        executor = create(config.virtualThreads());
    }

    void execute(Runnable run) {
        executor.execute(run);
    }

    @PreDestroy
    void close() {
        executor.shutdown();
    }

    private static ExecutorService create(boolean virtual) {
        if (virtual && Runtime.version().feature() >= 21) {
            try {
                // By name, for the code is compiled for Java 17.
                return (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
            } catch (ReflectiveOperationException e) {
                LOG.warn("this JVM has no virtual threads; blocking handlers get platform threads", e);
            }
        }
        return Executors.newCachedThreadPool(daemons());
    }

    private static ThreadFactory daemons() {
        AtomicInteger made = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "mainstay-handler-" + made.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
