package io.mainstay.failover;

import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What must not grow.
 *
 * @param connections of all clients of all Redis servers, this lab's and replication's included
 * @param heap bytes in use after a full collection
 */
record Vitals(long connections, long threads, long heap) {

    static Vitals of(Site site) {
        long connections = site.nodes().stream()
                .mapToLong(node -> node.call("CLIENT", "LIST")
                        .lines()
                        .filter(line -> line.startsWith("id="))
                        .count())
                .sum();
        ServiceProcess service = site.front();
        collectGarbage(service.pid());
        return new Vitals(
                connections, Math.round(service.metric("jvm_threads_live_threads")), Math.round(heapInUse(service)));
    }

    private static double heapInUse(ServiceProcess service) {
        return service.get("/q/metrics")
                .lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void collectGarbage(long pid) {
        try {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(30, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("no jcmd", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
