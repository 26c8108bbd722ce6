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
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer. Its state belongs to one event loop; the first of answer, failure, time-out and
 * cancellation ends it, and an unfinished request is reset then.
 */
final class Exchange {

    private final Context context;
    private final HttpClient client;
    private final int maxBody;
    private final UniEmitter<? super Answer> emitter;
    private HttpClientRequest request;
    private long timer = -1;
    private boolean ended;

    private Exchange(Vertx vertx, HttpClient client, int maxBody, UniEmitter<? super Answer> emitter) {
        this.context = vertx.getOrCreateContext();
        this.client = client;
        this.maxBody = maxBody;
        this.emitter = emitter;
    }

    /**
     * Sends the request on subscription. Fails with {@link TimeoutException} after {@code limit}, and with whatever the
     * client says if there is no answer.
     *
     * @param body or null
     * @param maxBody bytes of the answer's body that are read
     */
    static Uni<Answer> send(
            Vertx vertx, HttpClient client, RequestOptions options, Buffer body, Duration limit, int maxBody) {
        return Uni.createFrom().emitter(emitter -> {
            Exchange exchange = new Exchange(vertx, client, maxBody, emitter);
            emitter.onTermination(() -> exchange.context.runOnContext(ignored -> exchange.end()));
            exchange.context.runOnContext(ignored -> exchange.start(vertx, options, body, limit));
        });
    }

    private void start(Vertx vertx, RequestOptions options, Buffer body, Duration limit) {
        if (ended) {
            return;
        }
        timer = vertx.setTimer(
                Math.max(1, limit.toMillis()), fired -> fail(new TimeoutException("no answer within " + limit)));
        client.request(options).onComplete(connected -> connected(connected, body));
    }

    private void connected(AsyncResult<HttpClientRequest> connected, Buffer body) {
        if (connected.failed()) {
            fail(connected.cause());
            return;
        }
        request = connected.result();
        if (ended) {
            request.reset();
            return;
        }
        (body == null ? request.send() : request.send(body)).onComplete(answered -> {
            if (answered.failed()) {
                fail(answered.cause());
            } else if (!ended) {
                read(answered.result());
            }
        });
    }

    private void read(HttpClientResponse response) {
        Buffer read = Buffer.buffer();
        response.exceptionHandler(this::fail);
        response.endHandler(ignored -> {
            request = null;
            emit(new Answer(response.statusCode(), response.headers(), read, false));
        });
        response.handler(chunk -> {
            int room = maxBody - read.length();
            read.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
            if (chunk.length() > room) {
                emit(new Answer(response.statusCode(), response.headers(), read, true));
            }
        });
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
        if (request != null) {
            request.reset();
        }
    }
}
