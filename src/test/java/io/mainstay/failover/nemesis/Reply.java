package io.mainstay.failover.nemesis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** An answer of HTTP/1.1 with a JSON body, and the ways in which servers get it wrong. */
record Reply(int status, String body) {

    @FunctionalInterface
    private interface Writing {
        /** @return whether the connection can be used again */
        boolean write(Reply reply, OutputStream out) throws IOException, InterruptedException;
    }

    /** How it is sent. */
    enum Form {
        RIGHT((reply, out) -> send(out, reply.head("") + reply.body)),
        PROCESSING((reply, out) -> send(out, interim(102) + reply.head("") + reply.body)),
        EARLY_HINTS((reply, out) -> send(out, interim(103) + reply.head("") + reply.body)),
        UNKNOWN_INTERIM((reply, out) -> send(out, interim(199) + reply.head("") + reply.body)),
        STORM((reply, out) -> send(out, interim(102).repeat(STORM_LENGTH) + reply.head("") + reply.body)),
        /** The interim answer alone, and the rest a while later, when the client may have taken it for the whole. */
        LATE((reply, out) -> {
            send(out, interim(102));
            Thread.sleep(PAUSE_MS);
            return send(out, reply.head("") + reply.body);
        }),
        SLOW((reply, out) -> {
            String whole = reply.head("") + reply.body;
            int part = whole.length() / SLOW_PARTS + 1;
            for (int from = 0; from < whole.length(); from += part) {
                send(out, whole.substring(from, Math.min(whole.length(), from + part)));
                Thread.sleep(PAUSE_MS / SLOW_PARTS);
            }
            return true;
        }),
        /** A second answer that nobody asked for, with a success and this job's name in it. */
        TWICE((reply, out) ->
                send(out, reply.head("") + reply.body + new Reply(200, reply.body).head("") + reply.body)),
        TWO_LENGTHS((reply, out) -> {
            send(out, reply.head("Content-Length: " + (reply.body.length() + 7) + "\r\n") + reply.body);
            return false;
        }),
        CLOSED_EARLY((reply, out) -> {
            String whole = reply.head("") + reply.body;
            send(out, whole.substring(0, whole.length() - reply.body.length() / 2 - 1));
            return false;
        });

        private final Writing writing;

        Form(Writing writing) {
            this.writing = writing;
        }

        /** Whether all of the answer is sent, in whatever way. */
        boolean whole() {
            return this != CLOSED_EARLY;
        }
    }

    private static final int STORM_LENGTH = 300;
    private static final int SLOW_PARTS = 10;
    private static final int PAUSE_MS = 300;

    /** @return whether the connection can be used again */
    boolean write(Form form, OutputStream out) throws IOException, InterruptedException {
        return form.writing.write(this, out);
    }

    private String head(String more) {
        return "HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n"
                .formatted(status, more, body.length());
    }

    private static String interim(int status) {
        return "HTTP/1.1 %d Not yet\r\n\r\n".formatted(status);
    }

    private static boolean send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return true;
    }
}
