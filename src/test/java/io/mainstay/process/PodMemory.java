package io.mainstay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The memory that a pod has: a cgroup with the limit of {@code k8s/base}, and the heap options of the image. Where no cgroup can be
 * made, only the heap is limited, to what the image would give it.
 */
final class PodMemory implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PodMemory.class);
    private static final long MIB = 1024 * 1024;
    private static final int HEAP_PERCENT = 60;

    private final long limit;
    /** Null if there is none. */
    private final Path group;

    /** @param mib the limit */
    PodMemory(long mib) {
        limit = mib * MIB;
        group = make();
    }

    ServiceProcess.Launch launch() {
        if (group == null) {
            return new ServiceProcess.Launch(List.of(), List.of("-Xmx" + limit * HEAP_PERCENT / 100));
        }
        String join = "echo $$ > '" + group.resolve("cgroup.procs") + "' && exec \"$@\"";
        return new ServiceProcess.Launch(
                List.of("sh", "-c", join, "sh"),
                List.of("-XX:MaxRAMPercentage=" + HEAP_PERCENT, "-XX:+ExitOnOutOfMemoryError"));
    }

    /** The most that was used so far, in MiB; 0 if nobody counted. */
    long peakMib() {
        for (String counter : List.of("memory.max_usage_in_bytes", "memory.peak")) {
            try {
                if (group != null && Files.exists(group.resolve(counter))) {
                    return Long.parseLong(
                                    Files.readString(group.resolve(counter)).strip())
                            / MIB;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return 0;
    }

    private Path make() {
        for (String[] place :
                new String[][] {{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"}, {"/sys/fs/cgroup", "memory.max"}}) {
            Path made =
                    Path.of(place[0], "mainstay-test-" + ProcessHandle.current().pid());
            try {
                Files.createDirectory(made);
                Files.writeString(made.resolve(place[1]), Long.toString(limit));
                return made;
            } catch (IOException e) {
                LOG.infof("No cgroup at %s: %s", made, e.getMessage());
            }
        }
        return null;
    }

    /** The processes in it have ended. */
    @Override
    public void close() {
        if (group != null && !group.toFile().delete()) {
            LOG.warnf("%s is left behind", group);
        }
    }
}
