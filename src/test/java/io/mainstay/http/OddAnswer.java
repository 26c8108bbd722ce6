package io.mainstay.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Ways to answer one request, from the textbook's to the broken. What the server means to say is {@link Reply#own()}. */
public enum OddAnswer {
    WITH_LENGTH(reply -> reply.send(reply.own())),
    CHUNKED(reply -> reply.send(reply.head("Transfer-Encoding: chunked") + chunks(reply.body()))),
    UNTIL_CLOSED(reply -> reply.sendAndClose(reply.head("Connection: close") + reply.body())),
    IN_SMALL_PIECES(reply -> {
        for (byte one : reply.own().getBytes(StandardCharsets.ISO_8859_1)) {
            reply.send(Character.toString(one));
        }
    }),
    WITH_LINE_FEEDS_ONLY(reply -> reply.send(reply.own().replace("\r\n", "\n"))),
    NO_CONTENT(reply -> reply.send(reply.head(204, "X-Nothing: 1"))),
    CONTINUE(reply -> reply.send(interim(100) + reply.own())),
    PROCESSING(reply -> reply.send(interim(102) + reply.own())),
    PROCESSING_FIRST(reply -> {
        reply.send(interim(102));
        reply.pause(20);
        reply.send(reply.own());
    }),
    EARLY_HINTS(reply -> reply.send("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n" + reply.own())),
    INTERIM_104(reply -> reply.send(interim(104) + reply.own())),
    INTERIM_199_WITH_LENGTH(reply -> reply.send("HTTP/1.1 199 What\r\nContent-Length: 5\r\n\r\n" + reply.own())),
    MANY_INTERIM(reply -> reply.send((interim(102) + interim(103)).repeat(50) + reply.own())),
    ENDLESS_INTERIM(reply -> reply.sendAndClose(interim(102).repeat(InterimAnswers.MOST + 1) + reply.own())),
    INTERIM_THEN_CLOSED(reply -> reply.sendAndClose(interim(102))),
    SWITCHING(reply ->
            reply.send("HTTP/1.1 101 Switching\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\n" + reply.own())),
    TWO_ANSWERS(reply -> reply.send(reply.own() + reply.stray())),
    TWO_ANSWERS_AND_A_HALF(reply -> {
        String stray = reply.stray();
        reply.send(reply.own() + stray + stray.substring(0, 30));
    }),
    HALF_A_HEAD_MORE(reply -> reply.send(reply.own() + "HTTP/1.1 299 Half\r\nContent-Length: 0\r\nX-Rest: ")),
    LINE_ENDS_MORE(reply -> reply.send(reply.own() + "\r\n\r\n")),
    GARBAGE_MORE(reply -> reply.send(reply.own() + "garbage\r\n\r\n")),
    BODY_OF_NO_CONTENT(reply -> reply.send(reply.head(204, "Content-Length: 80") + reply.stray())),
    BODY_OF_NOT_MODIFIED(reply -> reply.send(reply.head(304, "Content-Length: 80") + reply.stray())),
    LONGER_THAN_SAID(
            reply -> reply.send(reply.head("Content-Length: " + reply.body().length()) + reply.body() + reply.stray())),
    SHORTER_THAN_SAID(reply -> reply.sendAndClose(reply.head("Content-Length: 999") + reply.body())),
    TWO_LENGTHS(reply -> reply.send(
            reply.head("Content-Length: 0\r\nContent-Length: " + reply.body().length()) + reply.body())),
    LENGTH_LIST(
            reply -> reply.send(reply.head("Content-Length: 0, " + reply.body().length()) + reply.body())),
    LENGTH_WITH_SIGN(
            reply -> reply.send(reply.head("Content-Length: +" + reply.body().length()) + reply.body())),
    LENGTH_AND_CHUNKED(
            reply -> reply.send(reply.head("Content-Length: 4\r\nTransfer-Encoding: chunked") + chunks(reply.body()))),
    BAD_CHUNK(reply -> reply.send(reply.head("Transfer-Encoding: chunked") + "zz\r\n" + reply.body())),
    CHUNK_TOO_LONG(
            reply -> reply.send(reply.head("Transfer-Encoding: chunked") + "2\r\n" + reply.body() + "\r\n0\r\n\r\n")),
    CHUNKS_CUT(reply -> reply.sendAndClose(reply.head("Transfer-Encoding: chunked") + "5\r\nab")),
    CLOSED_AT_ONCE(reply -> reply.sendAndClose("")),
    CLOSED_IN_HEAD(reply -> reply.sendAndClose(reply.own().substring(0, 40))),
    CLOSED_AFTER_ANSWER(reply -> reply.sendAndClose(reply.own())),
    OLD_VERSION(reply -> reply.send(reply.own().replaceFirst("HTTP/1.1", "HTTP/1.0"))),
    NEWER_VERSION(reply -> reply.sendAndClose(reply.own().replaceFirst("HTTP/1.1", "HTTP/2.0"))),
    NO_HEAD(reply -> reply.sendAndClose(reply.body())),
    STATUS_OF_TWO_DIGITS(reply -> reply.send("HTTP/1.1 42 Odd\r\nContent-Length: 0\r\n\r\n")),
    STATUS_OF_LETTERS(reply -> reply.send("HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n")),
    HEADER_WITHOUT_COLON(reply -> reply.send("HTTP/1.1 200 OK\r\nwhat\r\n" + reply.head("Content-Length: 0"))),
    HEAD_TOO_LONG(reply -> reply.sendAndClose(reply.head("X-Long: " + "x".repeat(10_000) + "\r\nContent-Length: 0"))),
    /** Another answer, of the server's own accord, a little later: HTTP/1.1 cannot tell it from the next answer. */
    LATER_ANSWER(reply -> {
        reply.send(reply.own());
        reply.pause(30);
        reply.send(reply.stray());
    });

    /** What an end of an answer followed by anything else later looks like. */
    public static final Set<OddAnswer> LATE = Set.of(LATER_ANSWER);

    /** What has a whole answer in it, whatever comes before and after: the job gets that one. */
    public static final Set<OddAnswer> WHOLE = Set.of(
            WITH_LENGTH,
            CHUNKED,
            UNTIL_CLOSED,
            IN_SMALL_PIECES,
            NO_CONTENT,
            CONTINUE,
            PROCESSING,
            PROCESSING_FIRST,
            EARLY_HINTS,
            INTERIM_104,
            INTERIM_199_WITH_LENGTH,
            MANY_INTERIM,
            TWO_ANSWERS,
            TWO_ANSWERS_AND_A_HALF,
            HALF_A_HEAD_MORE,
            LINE_ENDS_MORE,
            GARBAGE_MORE,
            BODY_OF_NO_CONTENT,
            BODY_OF_NOT_MODIFIED,
            LONGER_THAN_SAID,
            CLOSED_AFTER_ANSWER,
            OLD_VERSION,
            LATER_ANSWER);

    /** What current servers send: the connection is used again. */
    public static final List<OddAnswer> CLEAN =
            List.of(WITH_LENGTH, CHUNKED, NO_CONTENT, CONTINUE, PROCESSING, EARLY_HINTS);

    private final Form form;

    OddAnswer(Form form) {
        this.form = form;
    }

    void give(Reply reply) throws IOException {
        form.give(reply);
    }

    private static String interim(int status) {
        return "HTTP/1.1 " + status + " Interim\r\n\r\n";
    }

    private static String chunks(String body) {
        return "3\r\n" + body.substring(0, 3) + "\r\n" + Integer.toHexString(body.length() - 3) + "\r\n"
                + body.substring(3) + "\r\n0\r\n\r\n";
    }

    private interface Form {
        void give(Reply reply) throws IOException;
    }

    /** What a form can do. */
    interface Reply {

        /** The JSON body, which holds the token of the request. */
        String body();

        /** Status line and headers, with the token and {@code more}, under the status that is meant. */
        default String head(String more) {
            return head(0, more);
        }

        /** @param status 0 for the one that is meant */
        String head(int status, String more);

        /** A whole answer. */
        default String own() {
            return head("Content-Length: " + body().length()) + body();
        }

        /** A whole answer that nobody asked for. */
        String stray();

        void send(String text) throws IOException;

        void sendAndClose(String text) throws IOException;

        void pause(int mostMillis) throws IOException;
    }
}
