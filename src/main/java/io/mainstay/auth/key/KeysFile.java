package io.mainstay.auth.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The keys of a file, as they were when it could last be read. Kubernetes changes the files of a secret by turning a symbolic
 * link, so what is compared is the file that the path leads to. Reads from {@link #look}, which blocks; all else is at hand.
 */
final class KeysFile {

    private static final Logger LOG = Logger.getLogger(KeysFile.class);
    private static final int MOST_BYTES = 1024 * 1024;

    private final Path path;
    private volatile Map<String, KnownKey> keys;
    private Look latest;

    /** What a file was, so that another one is known for that. Nothing of what is in it. */
    private record Look(Path real, Object file, FileTime modified, long size) {}

    /** @throws IllegalStateException if it cannot be read, or is not as it should be */
    KeysFile(Path path) {
        this.path = path;
        latest = stat();
        try {
            keys = read();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The keys of mainstay.security.keys-file cannot be used: %s: %s. It has lines of the form <key> <name> <roles> <queues> [payload]; the command new-key makes one."
                            .formatted(path, reason(e)));
        }
    }

    /** By id. */
    Map<String, KnownKey> keys() {
        return keys;
    }

    /** Reads the file again if it is another one. If that cannot be used, the keys before go on being known. */
    synchronized void look() {
        Look now = stat();
        if (now == null ? latest == null : now.equals(latest)) {
            return;
        }
        latest = now;
        try {
            Map<String, KnownKey> read = read();
            keys = read;
            LOG.infof("%s was read again: %d keys", path, read.size());
        } catch (IOException | IllegalArgumentException e) {
            LOG.errorf(
                    "%s has changed and cannot be used: %s. The keys that it had before go on being known.",
                    path, reason(e));
        }
    }

    private Look stat() {
        try {
            BasicFileAttributes is = Files.readAttributes(path, BasicFileAttributes.class);
            return new Look(path.toRealPath(), is.fileKey(), is.lastModifiedTime(), is.size());
        } catch (IOException e) {
            return null;
        }
    }

    private Map<String, KnownKey> read() throws IOException {
        byte[] text = null;
        try (InputStream file = Files.newInputStream(path)) {
            text = file.readNBytes(MOST_BYTES + 1);
            if (text.length > MOST_BYTES) {
                throw new IllegalArgumentException("it is larger than 1 MiB");
            }
            return KeysFileText.read(text);
        } finally {
            if (text != null) {
                Arrays.fill(text, (byte) 0);
            }
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? "it cannot be read (" + e.getClass().getSimpleName() + ")" : e.getMessage();
    }
}
