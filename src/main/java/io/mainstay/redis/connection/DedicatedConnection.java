package io.mainstay.redis.connection;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.function.UnaryOperator;

/** A connection and the client that was made for it alone: closing the one closes the other, and the socket with it. */
public final class DedicatedConnection implements RedisConnection {

    private final Redis client;
    private final RedisConnection connection;
    private final TrafficCounter traffic;
    private final UnaryOperator<Throwable> explanation;

    /** @param explanation what is behind an answer that is an error, if that is how the connection is configured */
    DedicatedConnection(
            Redis client, RedisConnection connection, TrafficCounter traffic, UnaryOperator<Throwable> explanation) {
        this.explanation = explanation;
        this.client = client;
        this.connection = connection;
        this.traffic = traffic;
    }

    /** The bytes that come in on it and go out. */
    TrafficCounter traffic() {
        return traffic;
    }

    /** The first answer: a server that wants a password may say so only now. */
    Future<Response> askFirst(Request command) {
        return send(command).recover(this::explained);
    }

    /** The same for several commands. */
    Future<List<Response>> askFirst(List<Request> commands) {
        return batch(commands).recover(this::explained);
    }

    @Override
    public Future<Response> send(Request command) {
        return connection.send(command);
    }

    @Override
    public Future<List<Response>> batch(List<Request> commands) {
        return connection.batch(commands);
    }

    /** Who may not ask that very question is logged in nevertheless. */
    private <T> Future<T> explained(Throwable error) {
        return Future.failedFuture(
                RetryDecision.of(error) == RetryDecision.RECONNECT ? explanation.apply(error) : error);
    }

    /** What is still to be answered fails. May be called again. */
    @Override
    public Future<Void> close() {
        client.close();
        return Future.succeededFuture();
    }

    @Override
    public boolean pendingQueueFull() {
        return connection.pendingQueueFull();
    }

    @Override
    public RedisConnection handler(Handler<Response> handler) {
        connection.handler(handler);
        return this;
    }

    @Override
    public RedisConnection endHandler(Handler<Void> handler) {
        connection.endHandler(handler);
        return this;
    }

    @Override
    public RedisConnection exceptionHandler(Handler<Throwable> handler) {
        connection.exceptionHandler(handler);
        return this;
    }

    @Override
    public RedisConnection pause() {
        connection.pause();
        return this;
    }

    @Override
    public RedisConnection resume() {
        connection.resume();
        return this;
    }

    @Override
    public RedisConnection fetch(long amount) {
        connection.fetch(amount);
        return this;
    }
}
