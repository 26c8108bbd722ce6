package io.mainstay.vertx;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** An answer, or a failure if none has come in time; whichever comes later is dropped. */
public final class InTime {

    private InTime() {}

    /**
     * @param late the failure
     * @return completes on the loop
     */
    public static <T> Future<T> answer(
            EventLoop loop, long boundMs, Supplier<Throwable> late, Supplier<Future<T>> question) {
        Promise<T> promise = loop.promise();
        long timer = loop.setTimer(boundMs, fired -> promise.tryFail(late.get()));
        question.get().onComplete(promise::tryComplete, promise::tryFail);
        return promise.future().onComplete(answered -> loop.cancelTimer(timer));
    }
}
