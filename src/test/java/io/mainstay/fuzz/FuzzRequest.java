package io.mainstay.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One request, as its bytes.
 *
 * @param operation what it asks for for certain, and what its answer is held to; empty if it may be something else, or nothing
 * @param like the operation that it was made from
 * @param certainlyFramed whether all agree on where it ends, so that another may follow on its connection
 */
record FuzzRequest(
        int number, Optional<ApiOperation> operation, ApiOperation like, boolean certainlyFramed, byte[] bytes) {

    private static final int SHOWN = 700;

    /** Whether an answer names hosts of Redis, for those who may see them: docs/security.md. */
    boolean showsHosts() {
        return like.path().equals("/v1/redis");
    }

    boolean isHead() {
        return bytes[0] == 'H' && text().startsWith("HEAD ");
    }

    @Override
    public String toString() {
        String text = text();
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " bytes)";
        return "request %d (%s)%n%s"
                .formatted(number, like, shown.replace("\r\n", "\n").replaceAll("[^\\x20-\\x7e\n]", "¿"));
    }

    private String text() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
