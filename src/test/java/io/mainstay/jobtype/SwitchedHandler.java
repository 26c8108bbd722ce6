package io.mainstay.jobtype;

import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails until it is mended, and counts how often it was called. */
@Singleton
@Identifier("switched")
class SwitchedHandler implements JobHandler {

    final AtomicInteger calls = new AtomicInteger();
    volatile boolean mended;

    @Override
    public Outcome run(JobContext job) {
        calls.incrementAndGet();
        return mended ? Outcome.success() : Outcome.retry("broken", "a bad release");
    }
}
