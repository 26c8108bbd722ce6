package io.mainstay.http;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer. Its state belongs to one event loop; the first of answer, failure, time-out and
 * cancellation ends it, and the connection of an unfinished one is closed then.
 */
final class Exchange {

    private final Context context;
    private final HttpClient client;
    private final int maxBody;
    private final UniEmitter<? super Answer> emitter;
    private final Buffer body = Buffer.buffer();
    private AnswerGuard guard;
    private HttpClientResponse response;
    private long timer = -1;
    private boolean ended;

    private Exchange(Vertx vertx, HttpClient client, int maxBody, UniEmitter<? super Answer> emitter) {
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.maxBody = maxBody;
        this.emitter = emitter;
    }

    /**
     * Sends the request on subscription. Fails with {@link TimeoutException} if there is no answer in time, with another exception if the
     * request could not be sent by then, and with whatever the client says if there is no answer.
     *
     * @param sent the body, or null
     * @param maxBody bytes of the answer's body that are read
     */
    static Uni<Answer> send(
            Vertx vertx, HttpClient client, RequestOptions options, Buffer sent, TimeLimit limit, int maxBody) {
        return Uni.createFrom().emitter(emitter -> {
            Exchange exchange = new Exchange(vertx, client, maxBody, emitter);
            emitter.onTermination(() -> exchange.context.runOnContext(ignored -> exchange.end()));
            exchange.context.runOnContext(ignored -> exchange.start(vertx, options, sent, limit));
        });
    }

    private void start(Vertx vertx, RequestOptions options, Buffer sent, TimeLimit limit) {
        if (ended) {
            return;
        }
        timer = vertx.setTimer(limit.limitMillis(), fired -> timeUp(vertx, limit));
        client.request(options).onComplete(connected -> connected(connected, sent, limit));
    }

    private void timeUp(Vertx vertx, TimeLimit limit) {
        if (guard == null) {
            fail(new IOException("no connection within " + limit.limit()));
        } else if (limit.beyond().isZero()) {
            fail(new TimeoutException("no answer within " + limit.limit()));
        } else {
            String message = "no answer within %s, nor in %s more".formatted(limit.limit(), limit.beyond());
            timer = vertx.setTimer(limit.beyond().toMillis(), fired -> fail(new TimeoutException(message)));
        }
    }

    private void connected(AsyncResult<HttpClientRequest> connected, Buffer sent, TimeLimit limit) {
        if (connected.failed()) {
            fail(connected.cause());
            return;
        }
        HttpClientRequest request = connected.result();
        if (ended) {
            // Nothing was sent: the connection goes back.
            request.reset();
            return;
        }
        try {
            guard = GuardedConnections.guardOf(request.connection());
        } catch (ClosedChannelException closed) {
            request.reset();
            fail(new IOException("the connection was closed before the request was sent", closed));
            return;
        }
        limit.onSent().run();
        guard.begin(this);
        (sent == null ? request.send() : request.send(sent)).onComplete(answered -> {
            if (answered.failed()) {
                fail(answered.cause());
            } else if (!ended) {
                read(answered.result());
            }
        });
    }

    private void read(HttpClientResponse head) {
        response = head;
        head.exceptionHandler(this::fail);
        head.endHandler(ignored -> emit(answer(false)));
        head.handler(chunk -> {
            int room = maxBody - body.length();
            body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
            if (chunk.length() > room) {
                emit(answer(true));
            }
        });
    }

    /**
     * The whole answer came, which its connection keeps from its pool for a while.
     *
     * @param bytes of its body
     */
    void answered(long bytes) {
        context.runOnContext(ignored -> {
            if (response != null && body.length() == bytes) {
                emit(answer(false));
            }
        });
    }

    /** What came is no answer. */
    void failed(IOException reason) {
        context.runOnContext(ignored -> fail(reason));
    }

    private Answer answer(boolean cut) {
        return new Answer(response.statusCode(), response.headers(), body, cut);
    }

    private void emit(Answer answer) {
        if (!ended) {
            end();
            emitter.complete(answer);
        }
    }

    private void fail(Throwable cause) {
        if (!ended) {
            end();
            emitter.fail(cause);
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        context.owner().cancelTimer(timer);
        if (guard != null) {
            // Not the request's reset(): it closes the connection even if that serves another exchange by now.
            guard.abandon(this);
        }
    }
}
