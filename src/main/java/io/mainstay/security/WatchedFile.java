package io.mainstay.security;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What stands in a file, read again when it changes: a file of keys or secrets. A content that cannot be used leaves the one before it
 * in force, and is logged once, without anything of it. Thread-safe.
 *
 * <p>Contents are compared, not times of change: a secret that Kubernetes mounts changes by a link that leads elsewhere, to a file
 * that may be older.
 *
 * <p>Rejected: {@code WatchService}. It does not see what is behind a link, and not what other machines write to a network file system.
 *
 * @param <T> what the file says
 */
public final class WatchedFile<T> {

    /** Bytes. */
    public static final int LARGEST = 1 << 20;

    private static final Logger LOG = Logger.getLogger(WatchedFile.class);

    private final String name;
    private final Path file;
    private final Function<String, T> reader;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile T value;
    private byte[] digest;
    private boolean missing;

    /**
     * Reads the file for the first time.
     *
     * @param name of the file in messages: the key that configures it
     * @param reader of its text; throws {@link IllegalArgumentException} with a message that names lines, and quotes nothing of them
     * @throws IllegalStateException if the file cannot be read, or the reader refuses it
     */
    public WatchedFile(String name, Path file, Function<String, T> reader) {
        this.name = name;
        this.file = file;
        this.reader = reader;
        try {
            byte[] content = content();
            value = read(content);
            digest = digest(content);
        } catch (IOException | IllegalArgumentException unusable) {
            throw new IllegalStateException(
                    "%s: %s cannot be used: %s".formatted(name, file, reason(unusable)), unusable);
        }
    }

    public T get() {
        return value;
    }

    /** Looks that often from now on whether it has changed, off the event loops. */
    public void watch(Vertx vertx, Duration interval) {
        vertx.setPeriodic(interval.toMillis(), timer -> {
            if (looking.compareAndSet(false, true)) {
                vertx.executeBlocking(
                                () -> {
                                    look();
                                    return null;
                                },
                                false)
                        .onComplete(done -> looking.set(false));
            }
        });
    }

    /** Reads it, and takes over what it says if that has changed. Blocks. */
    public synchronized void look() {
        byte[] seen;
        try {
            byte[] content = content();
            missing = false;
            seen = digest(content);
            if (Arrays.equals(seen, digest)) {
                return;
            }
            digest = seen;
            value = read(content);
            LOG.infof("%s was reloaded from %s", name, file);
        } catch (IOException unreadable) {
            if (!missing) {
                missing = true;
                LOG.warnf(
                        "%s: %s cannot be read (%s); the previous content stays in force",
                        name, file, reason(unreadable));
            }
        } catch (IllegalArgumentException refused) {
            LOG.warnf(
                    "%s: %s cannot be used: %s; the previous content stays in force", name, file, refused.getMessage());
        }
    }

    private T read(byte[] content) {
        return reader.apply(new String(content, StandardCharsets.UTF_8));
    }

    private byte[] content() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            if (content.length > LARGEST) {
                throw new IOException("it has more than " + LARGEST + " bytes");
            }
            return content;
        }
    }

    private static String reason(Exception failure) {
        return failure instanceof IllegalArgumentException
                ? failure.getMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    /** So that secrets are not kept twice. */
    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
