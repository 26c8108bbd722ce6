package io.mainstay.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is promised of a scenario; null where nothing is.
 *
 * @param resume from "Redis can answer" to the end of the first job begun since
 * @param subscription from then until a subscription is there that was not before the fault
 * @param slowestAnswer of any request to enqueue, none of which may fail
 * @param startDelay from due to begun
 * @param mayLose whether Redis itself may forget acknowledged jobs: its replication is asynchronous
 */
record Limits(Duration resume, Duration subscription, Duration slowestAnswer, Duration startDelay, boolean mayLose) {

    static Limits resumeIn(double seconds) {
        return new Limits(seconds(seconds), null, null, null, false);
    }

    Limits subscribedIn(double seconds) {
        return new Limits(resume, seconds(seconds), slowestAnswer, startDelay, mayLose);
    }

    Limits answersIn(double seconds) {
        return new Limits(resume, subscription, seconds(seconds), startDelay, mayLose);
    }

    Limits startsIn(double seconds) {
        return new Limits(resume, subscription, slowestAnswer, seconds(seconds), mayLose);
    }

    Limits losingWhatRedisLoses() {
        return new Limits(resume, subscription, slowestAnswer, startDelay, true);
    }

    /** What of a measurement is over the limits, on a machine that may be {@code slack} times as slow. */
    List<String> brokenBy(Measurement measured, double slack) {
        List<String> broken = new ArrayList<>(measured.complaints());
        check(broken, "resume", resume, measured.resume(), slack);
        check(broken, "subscription", subscription, measured.subscription(), slack);
        check(broken, "slowest answer", slowestAnswer, measured.slowestAnswer(), slack);
        check(broken, "start delay", startDelay, measured.startDelay(), slack);
        if (slowestAnswer != null && measured.failedShare() > 0) {
            broken.add("%.1f %% of requests failed".formatted(100 * measured.failedShare()));
        }
        if (measured.lost() > 0 && !mayLose) {
            broken.add(measured.lost() + " acknowledged jobs are gone");
        }
        if (measured.stuck() > 0) {
            broken.add(measured.stuck() + " acknowledged jobs did not end");
        }
        return broken;
    }

    private static void check(List<String> broken, String what, Duration limit, Double seconds, double slack) {
        if (limit != null && (seconds == null || seconds > slack * limit.toMillis() / 1000)) {
            broken.add("%s %s s, limit %s".formatted(what, seconds == null ? "more than 15" : seconds, limit));
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
