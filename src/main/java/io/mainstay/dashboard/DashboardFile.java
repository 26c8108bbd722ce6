package io.mainstay.dashboard;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the page as it is sent.
 *
 * @param lasting whether its name changes with its content, so that nobody must ask for it again
 * @param compressed by gzip
 * @param tag names the content
 */
record DashboardFile(String type, boolean lasting, Buffer plain, Buffer compressed, String tag) {

    private static final String VENDOR = "vendor/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");
    private static final int TAG_BYTES = 16;

    static DashboardFile of(String name, byte[] content) {
        return new DashboardFile(
                TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"),
                name.startsWith(VENDOR) && (name.endsWith(".js") || name.endsWith(".css")),
                Buffer.buffer(content),
                Buffer.buffer(gzip(content)),
                HexFormat.of().formatHex(sha256(content), 0, TAG_BYTES));
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
