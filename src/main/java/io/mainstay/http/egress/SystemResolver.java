package io.mainstay.http.egress;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks the operating system, as all else on the machine does: hosts file, search domains and order of families included. It blocks for
 * as long as that takes, so on threads of its own, of which a dead name holds one.
 *
 * <p>Rejected: Netty's resolver, which needs no threads, but reads hosts file and search domains in its own way: a name could then lead
 * elsewhere than {@code curl} on the same machine shows.
 */
@Singleton
class SystemResolver implements NameResolver {

    private static final int THREADS = 32;
    private static final int MOST_WAITING = 1000;

    private final ThreadPoolExecutor threads;

    SystemResolver() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "mainstay-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletableFuture<List<InetAddress>> resolve(String host) {
        CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    addresses.complete(List.of(InetAddress.getAllByName(host)));
                } catch (UnknownHostException | RuntimeException unknown) {
                    addresses.completeExceptionally(unknown);
                }
            });
        } catch (RejectedExecutionException full) {
            addresses.completeExceptionally(new IOException("too many names are being looked up", full));
        }
        return addresses;
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
