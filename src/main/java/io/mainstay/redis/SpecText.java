package io.mainstay.redis;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.TraceParent;
import java.time.Duration;

/**
 * What was asked for, as one field of a hash: priority, most attempts, time-out in ms, backoff, handler and payload, a
 * space between them, for example {@code 4 10 300000 exponential:1000:3600000 mail {"to":"a@b"}}. A job that was asked for
 * within a trace has it behind its handler, {@code mail@00-…-01}; a field of its own would cost every claim a look. One field and not six,
 * because every enqueue writes it and every claim reads it; the scripts look at the first two words only.
 */
final class SpecText {

    private static final int WORDS_BEFORE_PAYLOAD = 5;
    private static final char TRACE_MARK = '@';

    private SpecText() {}

    static String write(JobSpec spec) {
        return spec.priority() + " " + spec.retry().maxAttempts() + " "
                + spec.timeout().toMillis() + " "
                + BackoffText.write(spec.retry().backoff()) + " " + spec.handler()
                + (spec.trace() == null ? " " : TRACE_MARK + spec.trace().value() + " ")
                + spec.payload().text();
    }

    /** @throws RuntimeException if the text is none that {@link #write} makes */
    static JobSpec read(String text) {
        String[] words = text.split(" ", WORDS_BEFORE_PAYLOAD + 1);
        RetryPolicy retry = new RetryPolicy(Integer.parseInt(words[1]), BackoffText.read(words[3]));
        // No handler's name can have it.
        int mark = words[4].indexOf(TRACE_MARK);
        return new JobSpec(
                new HandlerName(mark < 0 ? words[4] : words[4].substring(0, mark)),
                new Json(words[5]),
                Integer.parseInt(words[0]),
                retry,
                Duration.ofMillis(Long.parseLong(words[2])),
                mark < 0 ? null : new TraceParent(words[4].substring(mark + 1)));
    }
}
