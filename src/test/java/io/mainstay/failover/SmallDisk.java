package io.mainstay.failover;

import io.mainstay.machine.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A Redis whose append-only file is on a disk of its own, small enough to be filled. Needs the right to mount. */
final class SmallDisk {

    private static final String SIZE = "64m";

    private SmallDisk() {}

    static OneAddress site() {
        Path disk = mount();
        return new OneAddress(1, Map.of(), "dir " + disk) {
            @Override
            void closeRedis() {
                super.closeRedis();
                run("umount", disk.toString());
            }
        };
    }

    /** Fills the disk until Redis says so, and makes room again after a while. */
    static Fault<OneAddress> full(Duration time) {
        return trial -> {
            Path filler = Path.of(trial.site()
                            .primary()
                            .call("CONFIG", "GET", "dir")
                            .lines()
                            .skip(1)
                            .findFirst()
                            .orElseThrow())
                    .resolve("filler");
            fill(filler);
            Awaitility.await("Redis notices")
                    .atMost(Lab.LONG_ENOUGH)
                    .until(() ->
                            trial.site().primary().call("INFO", "persistence").contains("aof_last_write_status:err"));
            trial.last(time);
            Instant lifted = Instant.now();
            delete(filler);
            return lifted;
        };
    }

    private static Path mount() {
        try {
            Path disk = Files.createTempDirectory("mainstay-disk-");
            Requirement.MOUNT.assume(run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString()));
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(Path filler) {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException diskFull) {
            // That is the point.
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
