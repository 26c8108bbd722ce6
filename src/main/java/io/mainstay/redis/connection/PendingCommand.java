package io.mainstay.redis.connection;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/** A command on its way, or several in a row that go on one connection. Confined to the link's event loop. */
final class PendingCommand {

    private final Request request;
    private final Promise<Response> promise = Promise.promise();
    private final PendingCommand next;
    /** Until when it waits to be sent; of {@link System#nanoTime()}, as the next. */
    private final long deadline;
    /** From when on its answer is awaited. */
    private long since;
    /** How long Redis may take on purpose ({@code WAIT}), and a large request on its way there; nanoseconds. */
    private long patience;

    PendingCommand(Request request, long deadline) {
        this(request, 0, deadline, null);
    }

    private PendingCommand(Request request, long patience, long deadline, PendingCommand next) {
        this.request = request;
        this.patience = patience;
        this.deadline = deadline;
        this.next = next;
    }

    /** @param patience for the last of them, see {@link #patience()} */
    static PendingCommand inARow(List<Request> requests, long patience, long deadline) {
        PendingCommand first = null;
        for (int i = requests.size() - 1; i >= 0; i--) {
            first = new PendingCommand(requests.get(i), first == null ? patience : 0, deadline, first);
        }
        return first;
    }

    /** The futures of this call and those behind it. */
    List<Future<Response>> answers() {
        List<Future<Response>> answers = new ArrayList<>();
        for (PendingCommand call = this; call != null; call = call.next) {
            answers.add(call.answer());
        }
        return answers;
    }

    Future<Response> answer() {
        return promise.future();
    }

    Request request() {
        return request;
    }

    PendingCommand next() {
        return next;
    }

    long patience() {
        return patience;
    }

    long deadline() {
        return deadline;
    }

    long since() {
        return since;
    }

    void sent(long since) {
        this.since = since;
    }

    /** It may take so much longer. */
    void takeTime(long nanos) {
        patience += nanos;
        since += nanos;
    }

    boolean answered() {
        return promise.future().isComplete();
    }

    void finish(AsyncResult<Response> answer) {
        if (answer.succeeded()) {
            promise.tryComplete(answer.result());
        } else {
            promise.tryFail(answer.cause());
        }
    }

    /** Fails this call and those behind it. */
    void fail(Throwable why) {
        for (PendingCommand call = this; call != null; call = call.next) {
            call.promise.tryFail(why);
        }
    }
}
