package io.mainstay.failover;

import java.util.List;

/**
 * One run of one scenario; times in seconds.
 *
 * @param resume null if no job was done until patience ended
 * @param subscription null if it did not come back, or was not waited for
 * @param lost acknowledged jobs that Redis does not have
 * @param stuck acknowledged jobs that did not end
 * @param miscounted ends that metrics counted beyond those stored, or fewer (negative)
 * @param runAgain jobs that were claimed more than once
 */
record Measurement(
        Double resume,
        Double subscription,
        double slowestAnswer,
        double failedShare,
        double startDelay,
        int acknowledged,
        long lost,
        long stuck,
        long miscounted,
        long runAgain,
        List<String> complaints) {}
