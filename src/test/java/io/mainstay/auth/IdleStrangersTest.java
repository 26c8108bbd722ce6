package io.mainstay.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdleStrangersTest {

    private static final String REQUEST = "GET /file HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final String KNOWN = "GET /known HTTP/1.1\r\nHost: here\r\n\r\n";
    private static final int LONG_MILLIS = 10_000;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close().toCompletionStage());
    }

    @Test
    void connectionIsKeptForTheNextFileAndClosedOnceIdle() throws IOException {
        try (Socket socket = connect(new IdleStrangers(300))) {
            ask(socket, REQUEST);
            ask(socket, REQUEST);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void connectionOfAKnownCallerStays() throws IOException {
        try (Socket stays = connect(new IdleStrangers(300));
                Socket ends = connect(new IdleStrangers(300))) {
            ask(stays, REQUEST);
            ask(stays, KNOWN);
            ask(ends, REQUEST);

            assertThat(ends.getInputStream().read()).isEqualTo(-1);
            ask(stays, KNOWN);
        }
    }

    private Socket connect(IdleStrangers strangers) throws IOException {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    strangers.asked(request, vertx);
                    request.response().endHandler(ended -> {
                        if (request.path().equals("/file")) {
                            strangers.answered(request, vertx);
                        }
                    });
                    request.response().end("x");
                })
                .listen(0)
                .toCompletionStage());
        Socket socket = new Socket("localhost", server.actualPort());
        socket.setSoTimeout(LONG_MILLIS);
        return socket;
    }

    /** Reads up to the body, which is one character. */
    private static void ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream answer = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (!read.toString().endsWith("\r\n\r\nx")) {
            int next = answer.read();
            assertThat(next).as(read.toString()).isNotEqualTo(-1);
            read.append((char) next);
        }
        assertThat(read).startsWith("HTTP/1.1 200");
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
