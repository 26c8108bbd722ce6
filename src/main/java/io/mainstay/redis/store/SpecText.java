package io.mainstay.redis.store;

import io.mainstay.job.Deadline;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobGroup;
import io.mainstay.job.JobOptions;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.TraceParent;
import java.time.Duration;
import java.time.Instant;

/**
 * What was asked for but the payload, as one field of a hash: priority, most attempts, time-out in ms, backoff and handler, a
 * space between them, for example {@code 4 10 300000 e:1000:3600000 mail}. One field and not five, because every
 * enqueue writes it and every claim reads it. {@code =mail} is the same: with the defaults of the configuration most jobs begin
 * with those four words, and a job costs a quarter less memory without them. Where the payload has no place of its own (steps of flows, schedules) it
 * stands behind these words.
 *
 * <p>What most jobs do without stands behind these words, so that it costs them nothing: {@code 300000/60000} for one
 * that expires after a minute, {@code 300000!+60000} for one that must be done within a minute, {@code 300000!1763871536792} by
 * that time, {@code mail@00-…-01} for one that was asked for within a trace,
 * {@code http>https://example.org:443} for one whose work goes there,
 * {@code mail^end,keep,order-17} for one with a unique key, {@code 4~tenant-7} instead of
 * the priority for one in a group, {@code 4=tenant-7} if it keeps the order of that. The scripts look at priority, attempts,
 * expiry, deadline, handler, target, key and group.
 */
public final class SpecText {

    private static final int WORDS = 5;
    /** Stands for {@link #MOST_COMMON}: {@code lib/spec.lua} has the same. */
    private static final String SHORT = "=";

    private static final String MOST_COMMON = "4 10 300000 e:1000:3600000 ";
    /** No handler's name can have these, no target the second and third, no trace the third. */
    private static final char TARGET_MARK = '>';

    private static final char TRACE_MARK = '@';

    private static final char UNIQUE_MARK = '^';
    private static final char EXPIRY_MARK = '/';
    private static final char DEADLINE_MARK = '!';
    private static final char GROUP_MARK = '~';
    private static final char ORDER_MARK = '=';

    private SpecText() {}

    public static String write(JobSpec spec) {
        String text = inFull(spec);
        return text.startsWith(MOST_COMMON) ? SHORT + text.substring(MOST_COMMON.length()) : text;
    }

    private static String inFull(JobSpec spec) {
        String text = priority(spec) + " " + spec.retry().maxAttempts() + " " + timeout(spec) + " "
                + BackoffText.write(spec.retry().backoff()) + " " + route(spec);
        return spec.options() == JobOptions.NONE ? text : text + marked(spec.options());
    }

    /** When a job is to start, as scripts take it. */
    public static String start(StartTime start) {
        if (start instanceof StartTime.At at) {
            return Long.toString(Math.max(0, at.time().toEpochMilli()));
        }
        return "+" + ((StartTime.After) start).delay().toMillis();
    }

    /** By what a job is in lines: its handler, and its target if it has one. */
    static String route(JobSpec spec) {
        String target = spec.options().target();
        return target == null ? spec.handler().value() : spec.handler().value() + TARGET_MARK + target;
    }

    static String writeWithPayload(JobSpec spec) {
        return inFull(spec) + " " + spec.payload().text();
    }

    /** @throws RuntimeException if the text is none that {@link #write} makes */
    static JobSpec read(String text, Json payload) {
        String[] words = (text.startsWith(SHORT) ? MOST_COMMON + text.substring(SHORT.length()) : text).split(" ");
        RetryPolicy retry = new RetryPolicy(Integer.parseInt(words[1]), BackoffText.read(words[3]));
        int deadline = words[2].indexOf(DEADLINE_MARK);
        String times = before(words[2], deadline);
        int expiry = times.indexOf(EXPIRY_MARK);
        int unique = words[4].indexOf(UNIQUE_MARK);
        String beforeUnique = before(words[4], unique);
        int trace = beforeUnique.indexOf(TRACE_MARK);
        String route = before(beforeUnique, trace);
        int target = route.indexOf(TARGET_MARK);
        JobOptions options =
                deadline < 0 && expiry < 0 && unique < 0 && trace < 0 && target < 0 && words[0].length() == 1
                        ? JobOptions.NONE
                        : new JobOptions(
                                trace < 0 ? null : new TraceParent(beforeUnique.substring(trace + 1)),
                                unique < 0 ? null : UniqueText.read(words[4].substring(unique + 1)),
                                expiry < 0 ? null : millis(times.substring(expiry + 1)),
                                words[0].length() == 1 ? null : group(words[0]),
                                deadline < 0 ? null : deadline(words[2].substring(deadline + 1)),
                                target < 0 ? null : route.substring(target + 1));
        return new JobSpec(
                new HandlerName(before(route, target)),
                payload,
                Integer.parseInt(words[0].substring(0, 1)),
                retry,
                millis(before(times, expiry)),
                options);
    }

    /** @throws RuntimeException if the text is none that {@link #writeWithPayload} makes */
    static JobSpec readWithPayload(String text) {
        String[] words = text.split(" ", WORDS + 1);
        Json payload = new Json(words[WORDS]);
        return read(text.substring(0, text.length() - payload.text().length() - 1), payload);
    }

    private static JobGroup group(String word) {
        char mark = word.charAt(1);
        if (mark != GROUP_MARK && mark != ORDER_MARK) {
            throw new IllegalArgumentException("no priority: " + word);
        }
        return new JobGroup(word.substring(2), mark == ORDER_MARK);
    }

    private static String priority(JobSpec spec) {
        JobGroup group = spec.options().group();
        String priority = Integer.toString(spec.priority());
        return group == null ? priority : priority + (group.ordered() ? ORDER_MARK : GROUP_MARK) + group.id();
    }

    private static String timeout(JobSpec spec) {
        Duration expiresIn = spec.options().expiresIn();
        String timeout = Long.toString(spec.timeout().toMillis());
        return (expiresIn == null ? timeout : timeout + EXPIRY_MARK + expiresIn.toMillis())
                + deadline(spec.options().deadline());
    }

    private static String deadline(Deadline deadline) {
        if (deadline instanceof Deadline.Within within) {
            return DEADLINE_MARK + "+" + within.duration().toMillis();
        }
        return deadline instanceof Deadline.At at
                ? DEADLINE_MARK + "" + at.time().toEpochMilli()
                : "";
    }

    private static Deadline deadline(String text) {
        return text.startsWith("+")
                ? new Deadline.Within(millis(text.substring(1)))
                : new Deadline.At(Instant.ofEpochMilli(Long.parseLong(text)));
    }

    private static String marked(JobOptions options) {
        String trace =
                options.trace() == null ? "" : TRACE_MARK + options.trace().value();
        String unique = options.unique() == null ? "" : UNIQUE_MARK + UniqueText.write(options.unique());
        return trace + unique;
    }

    private static String before(String text, int mark) {
        return mark < 0 ? text : text.substring(0, mark);
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }
}
