package io.mainstay.auth.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The keys of a file, as they were when it could last be read. Contents are compared, not times of change: a link may be turned to an older
 * file, and a file that could not be read becomes readable without any change of its own. Reads from {@link #look}, which blocks; all
 * else is at hand.
 */
final class KeysFile {

    private static final Logger LOG = Logger.getLogger(KeysFile.class);
    private static final int MOST_BYTES = 1024 * 1024;

    private final Path path;
    private volatile Map<String, KnownKey> keys;
    /** Of what was read last, whether it could be used or not. */
    private KeyHash seen;
    /** Whether it could not be read the last time. */
    private boolean unreadable;

    /** @throws IllegalStateException if it cannot be read, or is not as it should be */
    KeysFile(Path path) {
        this.path = path;
        try {
            keys = changed().orElseThrow();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The keys of mainstay.security.keys-file cannot be used: %s: %s. Its lines have the form <key> <name> <roles> <queues> [payload]; the command new-key makes one."
                            .formatted(path, reason(e)));
        }
    }

    /** By id. */
    Map<String, KnownKey> keys() {
        return keys;
    }

    /** Reads the file again, and takes over what it says if that has changed. If that cannot be used, the keys before go on being known. */
    synchronized void look() {
        try {
            Optional<Map<String, KnownKey>> read = changed();
            unreadable = false;
            if (read.isPresent()) {
                keys = read.get();
                LOG.infof("%s was reloaded: %d keys", path, keys.size());
            }
        } catch (IOException e) {
            if (!unreadable) {
                refused(e);
            }
            unreadable = true;
        } catch (IllegalArgumentException e) {
            unreadable = false;
            refused(e);
        }
    }

    private void refused(Exception e) {
        LOG.errorf("%s has changed and cannot be used: %s. The previous keys stay in force.", path, reason(e));
    }

    /** Empty if it is as it was. */
    private Optional<Map<String, KnownKey>> changed() throws IOException {
        byte[] text = null;
        try (InputStream file = Files.newInputStream(path)) {
            text = file.readNBytes(MOST_BYTES + 1);
            KeyHash now = KeyHash.of(text);
            if (now.equals(seen)) {
                return Optional.empty();
            }
            seen = now;
            if (text.length > MOST_BYTES) {
                throw new IllegalArgumentException("it is larger than 1 MiB");
            }
            return Optional.of(KeysFileText.read(text));
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
